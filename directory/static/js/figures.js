// Under a revision's texts: search for a statistic; a click puts its mark where the editor wrote last.
(() => {
  const box = document.querySelector("[data-find-figures]");
  if (!box) return;
  const field = box.querySelector("input");
  const list = box.querySelector("ul");
  const said = box.querySelector("[role=status]");
  let text = document.querySelector("#id_body");
  let asked = 0;

  document.querySelectorAll("#id_summary, #id_lead, #id_body").forEach((area) => {
    area.addEventListener("focus", () => { text = area; });
  });

  function put(key) {
    if (!text) return;
    text.setRangeText(`[[stat:${key}]]`, text.selectionStart, text.selectionEnd, "end");
    text.focus();
  }

  function row(figure) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${figure.label}: ${figure.said}`;
    button.addEventListener("click", () => put(figure.key));
    item.append(button);
    return item;
  }

  async function find() {
    const mine = ++asked;
    const answer = await fetch(`${box.dataset.findFigures}?${new URLSearchParams({ q: field.value })}`);
    if (mine !== asked || !answer.ok) return;
    const { figures } = await answer.json();
    list.replaceChildren(...figures.map(row));
    said.textContent = figures.length ? `${figures.length} found` : "No figure has all of these words.";
  }

  field.addEventListener("input", () => { find(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
})();

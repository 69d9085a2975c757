// A dialog that finds figures, credentials, articles or pictures, and puts the mark of one where the editor wrote.
const PAUSE = 200;

export function picker(dialog, put) {
  const field = dialog.querySelector("input");
  const list = dialog.querySelector("ul");
  const said = dialog.querySelector("[role=status]");
  const title = dialog.querySelector("h2");
  const form = dialog.querySelector("select");
  const more = dialog.querySelector("[data-more]");
  let button = null;
  let area = null;
  let range = [0, 0];
  let waiting = 0;
  let asked = 0;

  function chosen(found) {
    const words = area.value.slice(...range);
    const mark = found.address && words ? `[${words}](${found.address})` : found.marks[form.value] ?? found.marks[0];
    dialog.close();
    put(area, mark, ...range);
  }

  function row(found) {
    const item = document.createElement("li");
    const choice = document.createElement("button");
    const note = document.createElement("small");
    choice.type = "button";
    note.textContent = found.note;
    if (found.image) {
      const image = new Image();
      image.src = found.image;
      image.alt = "";
      choice.append(image);
    }
    choice.append(found.label, " ", note);
    choice.addEventListener("click", () => chosen(found));
    item.append(choice);
    return item;
  }

  async function find() {
    const mine = ++asked;
    const answer = await fetch(`${button.dataset.pick}?${new URLSearchParams({ q: field.value })}`, {
      headers: { Accept: "application/json" },
    }).catch(() => null);
    if (mine !== asked) return;
    if (!answer?.ok) {
      const out = answer?.status === 401;
      said.textContent = out ? "Your login ran out. Log in in another tab, then search again." : "The search did not answer. Try again.";
      list.replaceChildren();
      return;
    }
    const { found, more } = await answer.json();
    if (mine !== asked) return;
    list.replaceChildren(...found.map(row));
    said.textContent = found.length ? `${found.length} found${more ? ", and more: add a word" : ""}` : "Nothing has all of these words.";
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, PAUSE);
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => area.focus());
  dialog.addEventListener("keydown", (event) => {
    const stops = [field, ...list.querySelectorAll("button")];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at >= 0 && step) stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
    // A search field would take the key to empty itself, and the dialog would stay.
    else if (event.key === "Escape") dialog.close();
    else if (at === 0 && event.key === "Enter") (stops[1] ?? field).focus();
    else return;
    event.preventDefault();
  });

  return (from, into) => {
    button = from;
    area = into;
    range = [area.selectionStart, area.selectionEnd];
    title.textContent = button.dataset.title;
    form.closest("p").hidden = !button.hasAttribute("data-forms");
    form.value = "0";
    more.parentElement.hidden = !button.dataset.add;
    if (button.dataset.add) more.href = button.dataset.add;
    field.value = "";
    list.replaceChildren();
    said.textContent = "";
    dialog.showModal();
    field.focus();
    find();
  };
}

// Choosing a stored answer puts its words where they can be changed; without this a button does so.
const texts = new Map(
  [...document.querySelectorAll("[data-answer]")].map((item) => [item.dataset.answer, item.textContent]),
);

for (const select of document.querySelectorAll("[data-stored]")) {
  const key = select.dataset.stored;
  const why = document.getElementById(`why-${key}`);
  document.querySelector(`button[value="fill-${key}"]`).hidden = true;
  select.addEventListener("change", () => {
    if (!texts.has(select.value)) return;
    why.value = texts.get(select.value);
    document.querySelector(`[name="do-${key}"][value="return"]`).checked = true;
  });
}

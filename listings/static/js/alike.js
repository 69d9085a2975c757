// Shows schools that a new one may be while it is typed; the form asks once more when it is sent.
const place = document.querySelector("[data-alike]");
const names = place.dataset.names.split(" ");
let waiting = 0;
let asking = null;

async function look() {
  asking?.abort();
  asking = new AbortController();
  const typed = new URLSearchParams(names.map((name) => [name, place.closest("form").elements[name]?.value ?? ""]));
  const isAnother = document.getElementById("another")?.checked;
  try {
    const answer = await fetch(`${place.dataset.alike}?${typed}`, { signal: asking.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...page.body.childNodes);
    document.getElementById("another")?.toggleAttribute("checked", isAnother);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

place.closest("form").addEventListener("input", ({ target }) => {
  if (!names.includes(target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, 500);
});

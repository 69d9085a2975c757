// Suggestions under the search box: a combobox with a list, as the ARIA practices describe it. The form works without.
const PAUSE = 180;
const SHORTEST = 2;

function option(suggestion, place) {
  const item = document.createElement("li");
  item.id = `suggestion-${place}`;
  item.role = "option";
  item.ariaSelected = "false";
  item.dataset.address = suggestion.address;
  const kind = document.createElement("span");
  kind.className = "meta";
  kind.textContent = suggestion.note ? `${suggestion.kind}, ${suggestion.note}` : suggestion.kind;
  item.append(`${suggestion.label} `, kind);
  return item;
}

export function suggest(form) {
  const field = form.querySelector("input[type=search]");
  const list = form.querySelector("[data-suggestion-list]");
  const said = form.querySelector("[role=status]");
  let active = -1;
  let waiting = 0;
  let asking = null;

  list.id = "suggestions";
  list.role = "listbox";
  list.ariaLabel = "Suggestions";
  field.role = "combobox";
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);

  function move(place) {
    active = place;
    [...list.children].forEach((item, each) => { item.ariaSelected = String(each === active); });
    const item = list.children[active];
    if (item) field.setAttribute("aria-activedescendant", item.id);
    else field.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(option));
    list.hidden = !suggestions.length;
    field.ariaExpanded = String(!list.hidden);
    move(-1);
  }

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    show([]);
  }

  async function ask() {
    const words = field.value.trim();
    asking?.abort();
    if (words.length < SHORTEST) {
      close();
      return;
    }
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(words)}`, { signal: asking.signal });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      if (document.activeElement !== field) return;
      show(suggestions);
      said.textContent = suggestions.length ? `${suggestions.length} suggestions` : "No suggestions";
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function typed() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  }

  field.addEventListener("input", typed);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      close();
    } else if (event.key === "ArrowDown" && last >= 0) {
      move(active === last ? -1 : active + 1);
    } else if (event.key === "ArrowUp" && last >= 0) {
      move(active === -1 ? last : active - 1);
    } else if (event.key === "ArrowDown") {
      typed();
    } else if (event.key === "Enter" && active >= 0) {
      location.assign(list.children[active].dataset.address);
    } else {
      return;
    }
    event.preventDefault();
  });
  // Before the field loses focus, which would take the list away from under the pointer.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.address);
  });

  field.ariaExpanded = "false";
  // What was typed while this module was on its way.
  if (field.value !== field.defaultValue) typed();
}

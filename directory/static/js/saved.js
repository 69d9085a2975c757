// What every page does once it stands: the saved list, and scripts that are fetched when they are first needed:
// suggestions as somebody goes to the search box, the list of schools as its filters change.
// Slugs of saved schools stay in this browser; nothing is stored before the reader saves one.
const KEY = "saved-schools";
const MOST = 25;
const SLUG = /^[-\w]+$/;

const link = document.querySelector("[data-saved-link]");
const said = document.querySelector("[data-saved-said]");

function saved() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((slug) => SLUG.test(slug)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function keep(slugs) {
  if (slugs.length) localStorage.setItem(KEY, JSON.stringify(slugs));
  else localStorage.removeItem(KEY);
}

function address(slugs) {
  return slugs.length ? `${link.dataset.savedLink}?schools=${[...slugs].sort().join(",")}` : link.dataset.savedLink;
}

function show() {
  const slugs = saved();
  link.parentElement.hidden = !slugs.length;
  link.href = address(slugs);
  link.querySelector("[data-saved-count]").textContent = slugs.length;
  document.querySelectorAll(".school-choose input").forEach(offer);
  document.querySelectorAll("button[data-save]").forEach((button) => {
    button.setAttribute("aria-pressed", String(slugs.includes(button.dataset.save)));
  });
}

// A button is of no use without this script, so pages come without them.
function offer({ value, parentElement: label }) {
  if (label.parentElement.querySelector("button")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button-quiet save";
  button.dataset.save = value;
  button.append("Save", label.querySelector(".visually-hidden").cloneNode(true));
  label.after(button);
}

function toggle(slug) {
  const slugs = saved();
  const others = slugs.filter((each) => each !== slug);
  if (others.length === slugs.length && slugs.length >= MOST) {
    said.textContent = `Your list is full: it holds ${MOST} schools.`;
    return;
  }
  keep(others.length === slugs.length ? [...slugs, slug] : others);
  show();
  const count = saved().length;
  said.textContent = `${others.length === slugs.length ? "Saved" : "Taken off the list"}. Your list holds ${count} school${count === 1 ? "" : "s"}.`;
}

function usable() {
  try {
    localStorage.getItem(KEY);
    return true;
  } catch {
    return false;
  }
}

if (link && usable()) {
  show();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-save]");
    if (button) toggle(button.dataset.save);
  });
  window.addEventListener("storage", show);
  if (document.querySelector("[data-saved-page]") && !location.search && saved().length) {
    location.replace(address(saved()));
  }
}

const box = document.querySelector("[data-suggest]");
box?.addEventListener("focusin", () => import(box.dataset.suggest).then((module) => module.suggest(box)), { once: true });

const filters = document.querySelector("[data-filters]");
const place = () => location.pathname + location.search;
let shown = place();
filters?.addEventListener("change", async () => {
  const { update } = await import(filters.dataset.filters);
  await update(filters);
  shown = place();
  show();
});
// Going back to other filters loads their page.
window.addEventListener("popstate", () => {
  if (place() !== shown) location.reload();
});

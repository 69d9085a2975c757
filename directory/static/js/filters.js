// Shows what the filters choose without loading a page: parts of the answer take the places of the same parts here.
let asking = null;

export async function update(form) {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`, { signal: asking.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"), new URL(answer.url));
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

function show(page, { pathname, search }) {
  const { id, name, value, type } = document.activeElement;
  const focused = type === "checkbox" ? `[name="${name}"][value="${value}"]` : id && `#${id}`;
  document.querySelectorAll("[data-part]").forEach((part) => {
    const isOpen = part.querySelector(":scope > details")?.open;
    part.replaceChildren(...(page.getElementById(part.id)?.childNodes ?? []));
    part.querySelector(":scope > details")?.toggleAttribute("open", isOpen);
  });
  if (focused && !document.activeElement.matches(focused)) document.querySelector(focused)?.focus({ preventScroll: true });
  document.title = page.title;
  if (pathname + search !== location.pathname + location.search) history.pushState(null, "", pathname + search);
}

// A form that is sent loads a page anyway.
document.addEventListener("submit", () => asking?.abort());

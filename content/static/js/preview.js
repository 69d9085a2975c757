// The page of a reader beside the form: the server renders what stands in the fields, the frame shows it.
const PAUSE = 700;

export function preview(section, pair, fields) {
  const frame = section.querySelector("iframe");
  const said = section.querySelector("[role=status]");
  let waiting = 0;
  let asked = 0;

  async function page() {
    const [texts, token] = fields();
    const answer = await fetch(section.dataset.livePreview, {
      method: "POST",
      headers: { Accept: "application/json, text/html;q=0.9", "X-CSRFToken": token },
      body: texts,
    });
    if (answer.ok) return answer.text();
    const told = answer.headers.get("Content-Type") === "application/json" ? (await answer.json()).said : "";
    throw new Error(told || `The preview did not answer (${answer.status}). Save the text, then try again.`);
  }

  function loaded() {
    if (frame.src) return Promise.resolve();
    return new Promise((done) => {
      frame.addEventListener("load", () => {
        frame.contentWindow.scrollTo(0, frame.contentDocument.querySelector("main").offsetTop);
        done();
      }, { once: true });
      frame.src = section.dataset.livePreview;
    });
  }

  async function show() {
    const mine = ++asked;
    try {
      const html = await page();
      await loaded();
      if (mine !== asked) return;
      const inside = frame.contentDocument;
      const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("main");
      // In place, so that the reader's place on the page stays.
      inside.querySelector("main").replaceWith(inside.adoptNode(fresh));
      said.textContent = "";
    } catch (error) {
      if (mine === asked) said.textContent = error instanceof TypeError ? "No connection: the preview is as it was." : error.message;
    }
  }

  pair.closest("form").addEventListener("input", () => {
    if (section.hidden) return;
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });

  return (button) => {
    section.hidden = !section.hidden;
    button.setAttribute("aria-expanded", String(!section.hidden));
    pair.classList.toggle("with-preview", !section.hidden);
    pair.append(section);
    if (!section.hidden) show();
  };
}

// The form of a text: each part is a module of its own, whose address the page gives.
const form = document.querySelector("#revision_form, #article_form");
const kept = document.querySelector("[data-keeping]");
const tools = document.querySelector("[data-tools]");

async function write(read) {
  const body = form.querySelector("#id_body");
  const row = body.closest(".form-row");
  const pair = document.createElement("div");
  pair.className = "writing-pair";
  row.before(tools, document.querySelector("[data-help]"), pair);
  pair.append(row);
  tools.hidden = false;

  const [marks, picking, previewing] = await Promise.all(
    ["marks", "picker", "preview"].map((name) => import(tools.dataset[name])),
  );
  let area = body;
  form.querySelectorAll("#id_summary, #id_lead, #id_body").forEach((each) => {
    each.addEventListener("focus", () => { area = each; });
  });
  const pick = picking.picker(document.querySelector("[data-picker-dialog]"), marks.put);
  const section = document.querySelector("[data-live-preview]");
  const preview = previewing.preview(section, pair, () => [read(form), form.elements.csrfmiddlewaretoken.value]);

  tools.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if (button.dataset.pick) pick(button, area);
    else if (button.dataset.do === "preview") preview(button);
    else marks.DO[button.dataset.do]?.(area);
  });
  marks.shortcuts(form, tools);
}

async function begin() {
  const { autosave, read } = await import(kept.dataset.autosave);
  autosave(form, kept);
  if (tools) await write(read);
}

begin();

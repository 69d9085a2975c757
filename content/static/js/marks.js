// Marks of Markdown around what is selected, and the keys for them. Undo takes each back.
export function put(area, text, from = area.selectionStart, to = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(from, to);
  // The one way that leaves the field its undo; where a browser drops it, the words still arrive.
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function around(area, mark) {
  const { value, selectionStart: from, selectionEnd: to } = area;
  const words = value.slice(from, to);
  const long = mark.length;
  if (value.slice(from - long, from) === mark && value.slice(to, to + long) === mark) {
    put(area, words, from - long, to + long);
    area.setSelectionRange(from - long, to - long);
  } else {
    put(area, mark + words + mark);
    area.setSelectionRange(from + long, to + long);
  }
}

function link(area) {
  const { value, selectionStart: from, selectionEnd: to } = area;
  const words = value.slice(from, to);
  if (/^(https?:\/\/|\/)\S+$/.test(words)) {
    put(area, `[](${words})`);
    area.setSelectionRange(from + 1, from + 1);
  } else {
    put(area, `[${words}](https://)`);
    const address = from + words.length + 3;
    area.setSelectionRange(words ? address : from + 1, words ? address + 8 : from + 1);
  }
}

// A section, a part of it, and plain again.
function heading(area) {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const [marks] = area.value.slice(from).match(/^#{0,6} ?/);
  const next = { "": "## ", "## ": "### " }[marks] ?? "";
  if (next) put(area, next, from, from + marks.length);
  else put(area, area.value.slice(from + marks.length, from + marks.length + 1), from, from + marks.length + 1);
}

export const DO = {
  bold: (area) => around(area, "**"),
  italic: (area) => around(area, "_"),
  link,
  heading,
};

// Ctrl+B, I, K, P and S belong to browsers, and Ctrl+Alt on a Mac to its screen reader. With AltGr people write letters.
const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

export function shortcuts(form, tools) {
  const buttons = new Map([...tools.querySelectorAll("[data-key]")].map((button) => [button.dataset.key, button]));
  form.addEventListener("keydown", (event) => {
    if (event.shiftKey || event.isComposing || event.getModifierState("AltGraph")) return;
    const other = MAC ? event.metaKey && !event.altKey : event.altKey && !event.metaKey;
    if ((event.ctrlKey !== event.metaKey) && !event.altKey && event.key === "Enter") {
      event.preventDefault();
      form.querySelector("[name=_continue]").click();
    } else if (event.ctrlKey && other && buttons.has(event.key.toLowerCase())) {
      event.preventDefault();
      buttons.get(event.key.toLowerCase()).click();
    }
  });
}

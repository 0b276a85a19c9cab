// Suggestions while typing: a combobox (WAI-ARIA) on every field that names an address for them.
// data-typeahead: answers {items: [{label, note?, code?, url?}]} for what is typed.
// data-typeahead-for: the id of the field that takes the code. An item with a url is gone to.
function attach(input) {
  const list = document.createElement("ul");
  const code = document.getElementById(input.dataset.typeaheadFor);
  let items = [];
  let at = -1;
  let timer;

  function show(found) {
    items = found;
    list.replaceChildren(...found.map(option));
    list.hidden = !found[0];
    input.ariaExpanded = !list.hidden;
    move(-1);
  }

  function option(item, n) {
    const row = document.createElement("li");
    const note = document.createElement("small");
    row.id = list.id + n;
    row.role = "option";
    note.textContent = item.note;
    row.append(item.label, note);
    row.onclick = () => choose(item);
    return row;
  }

  function move(to) {
    at = to;
    for (const row of list.children) row.ariaSelected = row.id === list.id + at;
    input.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function choose(item) {
    show([]);
    if (item.url) return location.assign(item.url);
    input.value = item.label;
    if (code) code.value = item.code;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Answers to what is no longer typed are passed over; without an answer there is nothing to show.
  async function ask() {
    const typed = input.value;
    const answer = await fetch(input.dataset.typeahead + encodeURIComponent(typed));
    const found = answer.ok ? (await answer.json()).items : [];
    if (typed === input.value && document.activeElement === input) show(found);
  }

  list.id = `${input.id}_list`;
  list.role = "listbox";
  list.className = "typeahead";
  list.ariaLabel = document.documentElement.lang === "en" ? "Suggestions" : "Saran";
  list.onpointerdown = (event) => event.preventDefault();
  input.role = "combobox";
  input.autocomplete = "off";
  input.ariaAutoComplete = "list";
  input.setAttribute("aria-controls", list.id);
  input.after(list);
  show([]);
  input.addEventListener("input", () => {
    if (code) code.value = "";
    clearTimeout(timer);
    timer = setTimeout(input.value.trim()[1] ? ask : () => show([]), 150);
  });
  input.addEventListener("blur", () => show([]));
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (list.hidden || (key === "Enter" && at < 0)) return;
    if (key === "ArrowDown") move((at + 1) % items.length);
    else if (key === "ArrowUp") move(at > 0 ? at - 1 : items.length - 1);
    else if (key === "Enter") choose(items[at]);
    else if (key === "Escape") show([]);
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("[data-typeahead]").forEach(attach);

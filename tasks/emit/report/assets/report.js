"use strict";
(() => {
  const root = document.documentElement;
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const flagged = document.getElementById("flagged");
  const removed = document.getElementById("removed");
  const views = [...document.querySelectorAll("input[name=view]")];
  const rows = [...document.querySelectorAll("[data-row]")];
  const items = [...document.querySelectorAll(".item")];
  const groups = [...document.querySelectorAll(".item, main .list")];
  const fold = (text) => text.normalize("NFKC").toLowerCase();

  // The text of a row as it can be seen: without what was removed.
  const texts = new Map();
  const textOf = (row) => {
    if (!texts.has(row)) {
      const copy = row.cloneNode(true);
      for (const gone of copy.querySelectorAll(".gone, .gutter")) gone.remove();
      texts.set(row, fold(copy.textContent));
    }
    return texts.get(row);
  };

  const highlight = (words) => {
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("search");
    if (!words.length) return;
    const ranges = [];
    for (const row of rows) {
      if (row.hidden) continue;
      for (const part of row.querySelectorAll(".t")) {
        const node = part.firstChild;
        const text = node ? node.data.toLowerCase() : "";
        for (const word of words) {
          for (let at = text.indexOf(word); at >= 0 && ranges.length < 3000; at = text.indexOf(word, at + word.length)) {
            const range = new Range();
            if (at + word.length > node.data.length) break;
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("search", new Highlight(...ranges));
  };

  const filter = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const active = words.length > 0 || flagged.checked;
    let seen = 0;
    for (const row of rows) {
      const match = words.every((word) => textOf(row).includes(word)) &&
        (!flagged.checked || row.hasAttribute("data-flagged"));
      row.hidden = !match;
      if (match) seen += 1;
    }
    for (const group of groups) group.hidden = active && !group.querySelector("[data-row]:not([hidden])");
    found.value = active ? `${seen.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows` : "";
    highlight(words);
  };

  const keep = (name, value) => { try { localStorage.setItem(`zhen.${name}`, value); } catch { /* private mode */ } };
  const kept = (name) => { try { return localStorage.getItem(`zhen.${name}`); } catch { return null; } };

  const setView = (value) => {
    root.dataset.view = value;
    for (const view of views) view.checked = view.value === value;
    keep("view", value);
  };
  const setRemoved = (on) => {
    root.dataset.removed = on ? "on" : "off";
    removed.checked = on;
    keep("removed", on ? "on" : "off");
  };
  // From the article in focus, if it can be seen, else from the one at the top of the window.
  const step = (by) => {
    const shown = items.filter((item) => item.checkVisibility());
    const inside = (item) => {
      const box = item.getBoundingClientRect();
      return box.bottom > 90 && box.top < window.innerHeight;
    };
    let here = shown.findIndex((item) => item === document.activeElement && inside(item));
    if (here < 0) {
      const top = shown.findIndex((item) => item.getBoundingClientRect().bottom > 90);
      if (top < 0) return;
      here = by > 0 && shown[top].getBoundingClientRect().top > 70 ? top - 1 : top;
    }
    const next = shown[here + by];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView(); }
  };

  let timer = 0;
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
  flagged.addEventListener("change", filter);
  removed.addEventListener("change", () => setRemoved(removed.checked));
  for (const view of views) view.addEventListener("change", () => setView(view.value));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target === search) {
      search.value = ""; filter(); search.blur(); return;
    }
    if (event.target.matches("input[type=search]")) return;
    const action = {
      "/": () => search.focus(), "j": () => step(1), "k": () => step(-1),
      "1": () => setView("both"), "2": () => setView("zh"), "3": () => setView("en"),
      "r": () => setRemoved(!removed.checked),
      "f": () => { flagged.checked = !flagged.checked; filter(); },
    }[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  setView(["zh", "en"].includes(kept("view")) ? kept("view") : "both");
  setRemoved(kept("removed") === "on");
  if (search.value || flagged.checked) filter();
})();

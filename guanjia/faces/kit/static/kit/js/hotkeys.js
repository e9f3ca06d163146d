// Keys that are written on the buttons: data-key="N", "F2", "Alt 1", "Ctrl S". Letters work only when no field has the
// focus and can be switched off; F-keys and Ctrl/Alt work everywhere. J and K walk the rows, Enter opens, ? lists the keys.
const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const visible = (element) => element.getClientRects().length > 0 && !element.disabled;

function spoken(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  parts.push(event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return parts.join(" ");
}

function walk(step) {
  const rows = [...document.querySelectorAll("main tbody tr")].filter((row) => row.querySelector("a.open"));
  if (!rows.length) return false;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.max(0, Math.min(rows.length - 1, here + step))];
  row.querySelector("a.open").focus();
  row.scrollIntoView({ block: "nearest" });
  return true;
}

function help() {
  const list = document.querySelector("#hotkeys [data-keys]");
  if (!list) return false;
  list.querySelectorAll("[data-found]").forEach((item) => item.remove());
  for (const element of [...document.querySelectorAll("[data-key]")].filter(visible)) {
    const item = document.createElement("li");
    item.dataset.found = "";
    const key = document.createElement("kbd");
    key.className = "kbd";
    key.textContent = element.dataset.key;
    const label = element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent;
    item.append(label.replace(element.dataset.key, "").trim(), key);
    list.append(item);
  }
  document.getElementById("hotkeys").showModal();
  return true;
}

function act(event) {
  const key = spoken(event);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d/.test(event.key);
  if (plain && (typing(event.target) || document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]"))) return false;
  if (key === "J") return walk(1);
  if (key === "K") return walk(-1);
  if (key === "?") return help();
  const element = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(visible);
  if (!element) return false;
  if (element.matches("input, textarea, select") && !element.matches("[type=checkbox], [type=radio]")) element.focus();
  else element.click();
  return true;
}

export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (!event.isComposing && !event.defaultPrevented && act(event)) event.preventDefault();
  });
}

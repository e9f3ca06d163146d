// The room box: arrow keys walk what the server found, Enter takes it, Escape closes. One match selects itself.
export default function combobox(box) {
  const input = box.querySelector("[role=combobox]");
  const list = box.querySelector("[role=listbox]");
  const hidden = box.querySelector("[data-picked]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let here = -1;

  function open(yes) {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes && options().length > 0));
    if (!yes) mark(-1);
  }

  function mark(index) {
    here = index;
    options().forEach((option, i) => {
      option.id ||= `${list.id}-${i}`;
      option.setAttribute("aria-selected", String(i === index));
    });
    const option = options()[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function take(option) {
    if (!hidden) return option.click();
    hidden.value = option.dataset.value;
    input.value = option.dataset.text || option.textContent.trim();
    hidden.dispatchEvent(new Event("change", { bubbles: true }));
    return open(false);
  }

  new MutationObserver(() => {
    open(input === document.activeElement);
    mark(options().length === 1 ? 0 : -1);
  }).observe(list, { childList: true });
  input.addEventListener("input", () => hidden && (hidden.value = ""));
  input.addEventListener("focus", () => list.children.length && open(true));
  box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || setTimeout(() => open(false), 150));
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && hidden) {
      event.preventDefault();
      take(option);
    }
  });
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.isComposing || !count) return;
    if (event.key === "ArrowDown") mark((here + 1) % count);
    else if (event.key === "ArrowUp") mark((here - 1 + count) % count);
    else if (event.key === "Enter" && here >= 0) take(options()[here]);
    else if (event.key === "Escape") open(false);
    else return;
    event.preventDefault();
  });
}

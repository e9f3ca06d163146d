// Picks rows: the head's checkbox takes the whole page, Shift takes a stretch, and the batch bar shows how many.
export default function select(table) {
  const all = table.querySelector("[data-all]");
  const picks = () => [...table.querySelectorAll("input[name=pick]")];
  const bar = table.closest("form, section")?.querySelector("[data-batch]");
  let last = null;

  function show() {
    const boxes = picks();
    const count = boxes.filter((box) => box.checked).length;
    boxes.forEach((box) => box.closest("tr").classList.toggle("is-picked", box.checked));
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    if (!bar) return;
    bar.hidden = count === 0;
    bar.querySelector("[data-picked-count]").textContent = count;
  }

  all.addEventListener("change", () => {
    picks().forEach((box) => {
      box.checked = all.checked;
    });
    show();
  });
  table.addEventListener("click", (event) => {
    if (event.target.name !== "pick") return;
    const boxes = picks();
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(event.target)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((box) => {
        box.checked = event.target.checked;
      });
    }
    last = event.target;
    show();
  });
  show();
}

// Less and more, within data-low and data-high.
export default function stepper(box) {
  const input = box.querySelector("input");
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const wanted = (Number(input.value) || 0) + Number(button.dataset.step);
    input.value = Math.max(Number(input.dataset.low), Math.min(Number(input.dataset.high), wanted));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

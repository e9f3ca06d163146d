// Opens the dialog named by data-opens.
export default function opener(button) {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens)?.showModal());
}

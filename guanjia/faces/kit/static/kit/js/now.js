// The clock in the top bar: the server's time, going on by itself.
export default function now(element) {
  const ahead = Date.now() - Date.parse(document.body.dataset.now);
  const face = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
  const show = () => {
    element.textContent = face.format(Date.now() - ahead);
  };
  setInterval(show, 1000);
}

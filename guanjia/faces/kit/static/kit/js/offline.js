// Shows its element while the browser has no network.
export default function offline(element) {
  const show = () => {
    element.hidden = navigator.onLine;
  };
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}

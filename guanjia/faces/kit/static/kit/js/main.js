// Binds behaviours to elements: data-behavior="clock menu" loads clock.js and menu.js and calls their default function once
// for the element, whether it came with the page or with a swap.
import { watchRequests } from "./requests.js";

const behaviours = {
  clock: () => import("./clock.js"),
  combobox: () => import("./combobox.js"),
  dialog: () => import("./dialog.js"),
  focus: () => import("./focus.js"),
  menu: () => import("./menu.js"),
  now: () => import("./now.js"),
  offline: () => import("./offline.js"),
  opener: () => import("./opener.js"),
  pick: () => import("./pick.js"),
  print: () => import("./print.js"),
  rating: () => import("./rating.js"),
  select: () => import("./select.js"),
  stepper: () => import("./stepper.js"),
  toast: () => import("./toast.js"),
  upload: () => import("./upload.js"),
};

const bound = new WeakMap();

function bind(element) {
  const names = bound.get(element) || new Set();
  bound.set(element, names);
  for (const name of element.dataset.behavior.split(" ")) {
    if (behaviours[name] && !names.has(name)) {
      names.add(name);
      behaviours[name]().then((module) => module.default(element));
    }
  }
}

function bindAll(root) {
  if (root.matches("[data-behavior]")) bind(root);
  root.querySelectorAll("[data-behavior]").forEach(bind);
}

bindAll(document.documentElement);
new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "attributes") bindAll(change.target);
    else for (const node of change.addedNodes) if (node.nodeType === 1) bindAll(node);
  }
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-behavior"] });

watchRequests();
if (document.querySelector("[data-key]")) import("./hotkeys.js").then((module) => module.watchKeys());

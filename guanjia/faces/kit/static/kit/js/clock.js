// Counts down between two answers of the server: data-due (instant), data-limit (seconds). The thresholds and the words
// are those of kit/sla.py; the tone changes on the element, the words in [data-left]. One timer serves the page.
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const clocks = new Set();
let timer = 0;

export function state(limit, left) {
  if (left < 0) return "over";
  if (left <= Math.min(Math.floor(limit / 5), Math.max(5 * MINUTE, Math.min(Math.floor(limit / 10), 30 * MINUTE)))) return "hot";
  if (left <= Math.min(Math.floor(limit / 2), Math.max(15 * MINUTE, Math.min(Math.floor(limit / 4), 2 * HOUR)))) return "soon";
  return "ok";
}

// words: the sentences of the page's language, from <body data-…>; see base.html.
export function said(left, urgent, words) {
  const seconds = Math.abs(left);
  const minutes = Math.floor(seconds / MINUTE);
  const two = (value) => String(value).padStart(2, "0");
  if (urgent && left >= 0 && seconds < HOUR) return `${two(minutes)}:${two(seconds % MINUTE)}`;
  let text = words.minutes.replace("{m}", minutes);
  if (seconds >= HOUR) text = words.hours.replace("{h}", Math.floor(minutes / 60)).replace("{m}", two(minutes % 60));
  if (seconds > DAY) text = words.days.replace("{d}", Math.floor(seconds / DAY)).replace("{h}", Math.floor((seconds % DAY) / HOUR));
  return left < 0 ? words.late.replace("{t}", text) : text;
}

function show(element, now) {
  const left = Math.floor((Date.parse(element.dataset.due) - now) / 1000);
  const limit = Number(element.dataset.limit);
  const mood = state(limit, left);
  const words = JSON.parse(document.body.dataset.clockWords);
  element.className = `sla sla--${mood}`;
  element.querySelector("[data-left]").textContent = said(left, "urgent" in element.dataset, words);
  const bar = element.querySelector("progress");
  bar.value = mood === "over" ? 100 : Math.min(100, Math.round((100 * left) / limit));
  bar.className = `bar bar--${{ hot: "over" }[mood] || mood}`;
}

export default function clock(element) {
  clocks.add(element);
  const ahead = Date.now() - Date.parse(document.body.dataset.now); // how far this machine's clock is ahead of the server's
  timer ||= setInterval(() => {
    for (const each of clocks) each.isConnected ? show(each, Date.now() - ahead) : clocks.delete(each);
  }, 1000);
}

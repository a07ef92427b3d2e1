// Times in the reader's own zone, the address of this server, and runs that go on.
"use strict";
for (const time of document.querySelectorAll("time[data-utc]")) {
  const at = new Date(time.dataset.utc.replace(" ", "T") + "Z");
  if (!Number.isNaN(at.getTime())) {
    time.dateTime = at.toISOString();
    time.title = time.dataset.utc + " UTC";
    time.textContent = at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  }
}
for (const here of document.querySelectorAll("[data-here]")) {
  here.textContent = location.origin;
}
const again = document.querySelector("[data-again]");
if (again) {
  setTimeout(() => location.reload(), Number(again.dataset.again));
}
const state = document.getElementById("state");
if (state) {
  const told = document.getElementById("told");
  const events = new EventSource(state.dataset.live + "/events");
  events.addEventListener("state", (event) => {
    const log = state.querySelector(".log");
    const place = log ? log.scrollTop : 0;
    state.innerHTML = event.data;
    const now = state.querySelector(".log");
    if (now) {
      now.scrollTop = place;
    }
    // told only when it changes, so that nobody is read the whole page twice a second
    const progress = state.querySelector("[data-progress]").textContent;
    if (told.textContent !== progress) {
      told.textContent = progress;
    }
  });
  events.addEventListener("over", () => {
    events.close();
    location.reload();
  });
}

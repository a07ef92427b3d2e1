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
const state = document.getElementById("state");
if (state) {
  const place = state.dataset.live;
  const events = new EventSource(place + "/events");
  let asking = false;
  const look = async () => {
    if (asking) {
      return;
    }
    asking = true;
    try {
      const answer = await fetch(place + "/state", { headers: { Accept: "text/html" } });
      if (answer.ok) {
        state.innerHTML = await answer.text();
      }
    } finally {
      asking = false;
    }
  };
  events.addEventListener("changed", look);
  events.addEventListener("over", () => {
    events.close();
    location.reload();
  });
}

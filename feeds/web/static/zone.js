// The reader's own zone is an extra: without this file a page tells the times of the place.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const clock = Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const day = Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const iso = Intl.DateTimeFormat("sv-SE");

const box = document.querySelector("[data-own-zone]");
// The page of one session heads its times with a day that can be told anew; an agenda is sorted by its days.
const head = document.querySelector(".facts .date");

// A start names its day where that is not the day of the heading, an end where it is not that of the start.
const own = (time) => {
  const at = new Date(time.dateTime);
  const start = time.closest(".when").querySelector("time");
  const told = time === start && !head ? time.dateTime.slice(0, 10) : iso.format(new Date(start.dateTime));
  return clock.format(at) + (iso.format(at) === told ? "" : `, ${date.format(at)}`);
};

if (box) {
  const input = box.querySelector("input");
  // Days, and times whose zone nobody knows, have no offset and stay as they are.
  const instants = [...document.querySelectorAll(".when time")].filter((time) => /T.+[+-]\d\d:\d\d$/.test(time.dateTime));
  const texts = instants.map((time) => [time, time.textContent, own(time)]);
  if (texts.some(([, there, here]) => there !== here)) {
    box.dataset.ownZone = "offered";
    for (const name of document.querySelectorAll(".zone")) {
      texts.push([name, name.textContent, name.closest(".row, .day-head") ? "" : `${zone} (your time zone)`]);
    }
    if (head) texts.push([head, head.textContent, day.format(new Date(instants[0].dateTime)).replace(",", "")]);
    const show = (wanted) => {
      input.checked = wanted;
      for (const [element, there, here] of texts) element.textContent = wanted ? here : there;
    };
    input.addEventListener("change", () => {
      remember(input.checked);
      show(input.checked);
    });
    // A page that comes back as it was left does not know what was chosen since.
    addEventListener("pageshow", (event) => event.persisted && show(remembered(input.checked)));
    if (remembered(false)) show(true);
  }
}

// A browser may refuse to keep anything: then every page is asked anew.
function remember(wanted) {
  try {
    if (wanted) localStorage.setItem("own-zone", zone);
    else localStorage.removeItem("own-zone");
  } catch {}
}

function remembered(otherwise) {
  try {
    return localStorage.getItem("own-zone") !== null;
  } catch {
    return otherwise;
  }
}

(function () {
  "use strict";
  var box = document.getElementById("filters"), cards = Array.prototype.slice.call(document.querySelectorAll("#cards > article"));
  if (!box || !cards.length) { return; }
  var ask = function (name) { return document.getElementById("q-" + name); };
  var fields = ["f", "l", "v", "k", "t"].map(ask), told = ask("n"), said = told.dataset.said, timer = 0;
  var texts = [];
  function text(index) {
    if (texts[index] === undefined) { texts[index] = cards[index].textContent.toLowerCase(); }
    return texts[index];
  }
  function apply() {
    var v = fields[2].value, words = fields[4].value.trim().toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    cards.forEach(function (card, index) {
      var keep = [0, 1, 3].every(function (at) { return !fields[at].value || card.dataset.x.split(" ").indexOf(fields[at].value) >= 0; });
      var parts = card.querySelectorAll("[data-v]"), met = !v;
      parts.forEach(function (part) {
        var other = !!v && part.dataset.v.split(" ").indexOf(v) < 0;
        part.hidden = other;
        met = met || !other;
      });
      var all = words.every(function (word) { return text(index).indexOf(word) >= 0; }), lines = card.querySelectorAll("li[data-v]");
      lines.forEach(function (line) {
        var own = line.textContent.toLowerCase();
        line.hidden = line.hidden || !words.every(function (word) { return own.indexOf(word) >= 0; });
      });
      if (lines.length) { all = Array.prototype.some.call(lines, function (line) { return !line.hidden; }); }
      keep = keep && met && all;
      card.hidden = !keep;
      if (keep) { shown += 1; }
    });
    told.textContent = said.replace("{}", shown).replace("{}", cards.length);
  }
  function soon() { clearTimeout(timer); timer = setTimeout(apply, 150); }
  fields.forEach(function (field) { field.addEventListener(field.type === "search" ? "input" : "change", field.type === "search" ? soon : apply); });
  ask("x").addEventListener("click", function () { fields.forEach(function (field) { field.value = ""; }); apply(); fields[0].focus(); });
  addEventListener("hashchange", function () {
    var aim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (aim && aim.closest("[hidden]")) { fields.forEach(function (field) { field.value = ""; }); apply(); aim.scrollIntoView(); }
  });
  if (matchMedia("(max-width: 60rem)").matches) { var nav = document.querySelector("nav details"); if (nav) { nav.open = false; } }
  box.hidden = false;
  apply();
})();

// The search takes a hyphen before a word as "without it", and Japanese as one word: it gets `--fields` without the hyphens, and
// the words of 文献リスト, R言語 and チームで共有 apart, as they are in its index, without particles and endings in hiragana. It takes each word
// for the beginning of others: it gets a whole word, too, which counts more, so that メモ is found before メモリ. Words that questions are
// made of do not count.
const japanese = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+/gu;
const runs = /[\p{sc=Katakana}ー]+|[\p{sc=Han}\p{sc=Hiragana}]+/gu;
const filler = /^(?:an?|and|any|are|by|can|do|does|for|from|get|have|how|i|in|is|it|me|my|of|on|or|per|talks?|the|there|this|to|too|what|where|why|with)$/i;
const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter("ja", { granularity: "word" });
const words = (text) => {
  const found = text.match(runs).flatMap((run) =>
    segmenter && /\p{sc=Hiragana}/u.test(run) ? [...segmenter.segment(run)].map((one) => one.segment) : [run],
  );
  const telling = found.filter((one) => !/^\p{sc=Hiragana}+$/u.test(one));
  return telling.length ? telling.join(" ") : text;
};
const asked = (text) => {
  const plain = text.replace(/(?<!\S)-+(?=\w)/g, "").replace(/how many/gi, "").replace(japanese, (text) => ` ${words(text)} `);
  const all = plain.split(/\s+/).filter((one) => one);
  const telling = all.filter((one) => !filler.test(one));
  const kept = telling.length ? telling : all;
  return kept.flatMap((one) => (/^[\p{L}\p{N}]{2,}$/u.test(one) ? [one, `${one}^4`] : [one])).join(" ");
};
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...rest) {
  const query = message?.type === 2 && message.data;
  return post.call(this, query ? { ...message, data: asked(query) } : message, ...rest);
};

// What scrolls must scroll by the keyboard, too.
addEventListener("load", () => {
  for (const picture of document.querySelectorAll('.md-typeset p > img[src*="browse/"]')) picture.parentElement.classList.add("wide");
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset p.wide")) {
    if (wide.scrollWidth <= wide.clientWidth) continue;
    wide.tabIndex = 0;
    const first = wide.querySelector("tr > :first-child");
    if (first && first.offsetWidth < wide.clientWidth / 2.5) wide.classList.add("keeps-first");
  }
});

// The button of a session copies its commands alone: without the `$ ` before them, and without what they print.
document.addEventListener("DOMContentLoaded", () => {
  for (const code of document.querySelectorAll(".highlight pre > code")) {
    const commands = code.textContent.split("\n").filter((line) => line.startsWith("$ "));
    if (commands.length) code.dataset.copy = commands.map((line) => line.slice(2)).join("\n");
  }
  // The theme puts each button into a landmark; a page would have as many landmarks as blocks.
  const plain = () => {
    for (const bar of document.querySelectorAll(".md-code__nav:not([role])")) bar.setAttribute("role", "none");
  };
  plain();
  new MutationObserver(plain).observe(document.body, { childList: true, subtree: true });
});

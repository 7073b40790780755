// The search takes a hyphen before a word as "without it", and Japanese as one word: it gets `--fields` without the hyphens, and
// the words of 文献リスト and チームで共有 apart, as they are in its index, without particles and endings in hiragana.
const japanese = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+/gu;
const runs = /[\p{sc=Katakana}ー]+|[\p{sc=Han}\p{sc=Hiragana}]+/gu;
const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter("ja", { granularity: "word" });
const words = (text) => {
  const found = text.match(runs).flatMap((run) =>
    segmenter && /\p{sc=Hiragana}/u.test(run) ? [...segmenter.segment(run)].map((one) => one.segment) : [run],
  );
  const telling = found.filter((one) => !/^\p{sc=Hiragana}+$/u.test(one));
  return telling.length ? telling.join(" ") : text;
};
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...rest) {
  const query = message?.type === 2 && message.data;
  const sent = query ? { ...message, data: query.replace(/(?<!\S)-+(?=\w)/g, "").replace(japanese, words) } : message;
  return post.call(this, sent, ...rest);
};

// What scrolls must scroll by the keyboard, too.
addEventListener("load", () => {
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap"))
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
});

// The search takes a hyphen before a word as "without it", and Japanese as one word: it gets `--fields` without the hyphens, and
// 文献リスト and チームで共有 as two words, as they are in its index.
const parts = /(?<=\p{sc=Han})(?=\p{sc=Katakana})|(?<=[\p{sc=Katakana}ー])(?=\p{sc=Han})|(?<=[\p{sc=Han}\p{sc=Katakana}ー])[がでとにのはへもを](?=[\p{sc=Han}\p{sc=Katakana}])/gu;
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...rest) {
  const query = message?.type === 2 && message.data;
  const sent = query ? { ...message, data: query.replace(/(?<!\S)-+(?=\w)/g, "").replace(parts, " ") } : message;
  return post.call(this, sent, ...rest);
};

// What scrolls must scroll by the keyboard, too.
addEventListener("load", () => {
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap"))
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
});

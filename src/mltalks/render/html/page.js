"use strict";
(async () => {
  const unpacked = (text) => {
    const packed = new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]);
    return new Response(packed.stream().pipeThrough(new DecompressionStream("deflate"))).json();
  };
  const data = await unpacked(document.getElementById("data").textContent);
  const { sessions, events, companies, themes, kinds, filters, known } = data;
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const STEP = 20;
  let lang = root.lang === "ja" ? "ja" : "en";
  let shown = 0;
  const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
  const cached = (made) => {
    const kept = new Map();
    return (key) => kept.get(key) ?? kept.set(key, made(key)).get(key);
  };

  // Words, folded and split as in mltalks.text.
  const RUN = /[ァ-ヺー]+|[ぁ-ゟ]+|[㐀-䶿一-鿿豈-﫿々〆]+|(?:(?![぀-ヿ㐀-䶿一-鿿豈-﫿々〆])[\p{L}\p{N}])+/gu;
  const isJapanese = (word) => /^[ぁ-ヿ㐀-䶿一-鿿豈-﫿々〆]/u.test(word);
  const folded = (text) => text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  const words = (text) => {
    const runs = (folded(text).match(RUN) || []).map((run) => run.replace(/(?<=[ァ-ヺー]{3})ー$/u, ""));
    const content = runs.filter((run) => !/^[ぁ-ゟ]/u.test(run));
    return content.length ? content : runs;
  };

  // What the command finds for each known word. mltalks.render.html.vocabulary writes it and explains how it is coded.
  const { weights } = known;
  const [TYPED, OTHER, NEAR, THEME] = [0, 1, 2, 3];
  const stop = new Set(known.stop);
  const postings = known.postings.split(" ");
  const entries = known.entries.split(" ");
  const list = [];
  const places = new Map();
  const stems = new Map();
  const families = new Map(); // the words of each stem
  const endings = new Set();
  const number = (text, from, width = known.width) => {
    let value = 0;
    for (let place = from; place < from + width; place++) value = value * known.digits.length + known.digits.indexOf(text[place]);
    return value;
  };
  known.words.split("|").forEach((coded, place) => {
    const word = [...(list[place - 1] || "")].slice(0, number(coded, 0, 1)).join("") + coded.slice(1);
    list.push(word);
    places.set(word, place);
    const stem = word.slice(0, word.length - number(known.cuts, place, 1));
    const isWord = !/[=+#~? ]/.test(word);
    for (const part of /^[=+]/.test(word) ? word.slice(1).split(" ") : [stem]) families.set(part, families.get(part) || []);
    if (!isWord) return;
    stems.set(word, stem);
    families.get(stem).push(word);
    endings.add(word.slice(stem.length));
  });
  const stem = cached((word) => {
    const ends = [...word].map((_, end) => end).filter((end) => end > 2 && families.has(word.slice(0, end)) && endings.has(word.slice(end)));
    return stems.get(word) ?? word.slice(0, ends[0]);
  });
  const found = cached((place) => {
    const docs = [];
    for (let from = 0, doc = -1; from < postings[place].length; from += known.width) {
      const packed = number(postings[place], from);
      doc += packed >> 8;
      docs.push([doc, packed & 255]);
    }
    return docs;
  });
  const times = (word) => [word, `?${word}`].filter((one) => places.has(one)).reduce((total, one) => total + found(places.get(one)).length, 0);
  const entry = cached((word) => {
    const coded = entries[places.get(word)];
    if (!coded) return null;
    if (coded[0] === "|") return entry(list[number(coded, 1)]);
    const head = number(coded, 0, 2);
    const variants = times(word) ? [{ place: places.get(word), weight: 1, kind: TYPED }] : [];
    for (let from = 2; from < coded.length; from += known.width + 1) {
      const code = number(coded, from + known.width, 1);
      variants.push({ place: number(coded, from), weight: (code >> 2) / known.share, kind: code & 3 });
    }
    return { idf: (head >> 2) / 100, parts: head & 3, variants };
  });
  const inSessions = cached(() => [...stems.keys()].filter((word) => entry(word) && times(word)).sort((one, other) => times(other) - times(one)));

  // A term of the query: how telling it is, and for each session that has it its score, its share of the term, and its words.
  const term = (typed, { idf, variants }, parts = [], apart = 1) => {
    const docs = new Map();
    const of = (doc, share) => docs.get(doc) || docs.set(doc, { weight: 0, share, score: 0, texts: [] }).get(doc);
    const lists = variants.flatMap((one) => [one, { ...one, place: places.get(`?${list[one.place]}`), kind: Math.max(one.kind, OTHER) }]);
    for (const { place, weight, kind } of lists.filter((one) => one.place !== undefined)) {
      for (const [doc, step] of found(place)) {
        if (kind === NEAR && docs.has(doc)) continue;
        const its = of(doc, weight);
        its.weight += weight * step;
        its.literal ||= kind === TYPED;
        its.found ||= kind < NEAR;
        const text = list[place].replace(/^[~?]+/, "");
        if (kind !== THEME) its.texts.push(isJapanese(text) ? text.replace(/ /g, "") : text);
      }
    }
    const names = Math.min(weights.name_words, Math.max(1, parts.length));
    for (const its of docs.values()) its.score = names * idf * known.scores[Math.min(known.scores.length - 1, Math.round(its.weight))];
    const whole = sum(parts.map((part) => part.telling)) || 1;
    for (const doc of new Set(parts.flatMap((part) => [...part.docs.keys()]))) {
      const its = of(doc, 0);
      const each = parts.map((part) => part.docs.get(doc) || { score: 0, share: 0, texts: [] });
      its.score = Math.max(its.score, apart * sum(each.map((one) => one.score)));
      its.share = Math.max(its.share, (apart * sum(each.map((one, place) => one.share * parts[place].telling))) / whole);
      its.literal ||= each.every((one) => one.literal);
      its.found ||= each.every((one) => one.found);
      its.texts.push(...each.flatMap((one) => one.texts));
    }
    const loose = ![...docs.values()].some((its) => its.found);
    for (const its of docs.values()) its.found ||= loose;
    return { typed, telling: parts.length && apart === 1 ? Math.max(idf, whole) : idf, docs };
  };

  // A word that is not known stands for known ones: those of its stem, those that it begins, the nearest, or its parts.
  const standIn = (some, kind, weight, keeps) => {
    const variants = new Map();
    some.forEach((word, rank) => entry(word).variants.forEach((variant) => {
      const own = variant.place === places.get(word);
      const its = { ...variant, kind: variant.kind || kind, weight: own ? weight(word) : variant.weight };
      if ((own || keeps(variant, rank)) && !(variants.get(its.place)?.weight >= its.weight)) variants.set(its.place, its);
    }));
    const inOrder = [...variants.values()].sort((one, other) => (one.kind === NEAR) - (other.kind === NEAR) || other.weight - one.weight);
    return { idf: Math.min(...some.map((word) => entry(word).idf)), variants: inOrder };
  };
  const distance = (one, other) => {
    const rows = [[...Array(other.length + 1).keys()]];
    for (let i = 1; i <= one.length; i++) {
      rows.push([i]);
      for (let j = 1; j <= other.length; j++) {
        const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? rows[i - 2][j - 2] + 1 : Infinity;
        rows[i].push(Math.min(rows[i][j - 1] + 1, rows[i - 1][j] + 1, rows[i - 1][j - 1] + (one[i - 1] !== other[j - 1]), swapped));
      }
    }
    return rows[one.length][other.length];
  };
  const corrections = cached((word) => {
    const most = word.length < 6 ? 1 : word.length < 9 ? 2 : 3;
    const digits = (text) => text.replace(/\D/g, "");
    const alike = word.length < 3 || word.length > weights.longest_typed ? [] : inSessions().filter((other) => Math.abs(other.length - word.length) <= most);
    const edits = new Map(alike.map((other) => [other, distance(word, other)]).filter(([, its]) => its <= most));
    const near = [...edits.keys()].filter((other) => digits(other) === digits(word));
    const least = Math.min(...near.map((other) => edits.get(other)));
    const best = near.filter((other) => edits.get(other) === least);
    const first = best.filter((other) => other[0] === word[0]);
    return { least, meant: (first.length ? first : best).slice(0, weights.max_meant) };
  });
  const cut = (word) => {
    const [shortest, least] = isJapanese(word) ? [2, 2 / 3] : [3, 1];
    const best = [{ price: 0, parts: [] }]; // of each beginning of the word; a letter that belongs to no part costs more
    for (let end = 1; end <= word.length; end++) {
      best.push({ price: best[end - 1].price + weights.left_out, parts: best[end - 1].parts });
      for (let start = Math.max(0, end - weights.longest_part); start <= end - shortest; start++) {
        const part = word.slice(start, end);
        if (part !== word && best[start].price + 1 < best[end].price && entry(part)) {
          best[end] = { price: best[start].price + 1, parts: [...best[start].parts, part] };
        }
      }
    }
    const { parts } = best[word.length];
    return parts.length > 1 && parts.join("").length >= least * word.length ? parts : [];
  };
  const termsOf = (word, last) => {
    const its = entry(word);
    if (its && !its.parts) return [term(word, its)];
    const parts = cut(word).flatMap((part) => termsOf(part));
    if (its) return [term(word, its, parts, its.parts === 2 ? weights.apart : 1)];
    const same = inSessions().filter((other) => stems.get(other) === stem(word)).slice(0, weights.max_inflected);
    const inflected = (other) => (`${word}s` === other || `${other}s` === word ? weights.plural : weights.derived);
    if (same.length) return [term(word, standIn(same, TYPED, inflected, (variant, rank) => !rank && variant.kind !== TYPED))];
    const begun = !isJapanese(word) && word.length >= (last ? 2 : weights.shortest_prefix);
    const longer = inSessions().filter((other) => begun && other.startsWith(word)).slice(0, weights.max_longer);
    const prefix = (other) => weights.prefix + (weights.prefix_typed * word.length) / other.length;
    if (longer.length) return [term(word, standIn(longer, OTHER, prefix, () => false))];
    const { least, meant } = corrections(word);
    if (parts.length && (isJapanese(word) || least > 1)) return parts;
    if (!meant.length) return [{ typed: word, telling: 0, docs: new Map() }];
    const corrected = standIn(meant, TYPED, () => 1, (variant) => variant.kind === TYPED || meant.length === 1);
    return [{ ...term(word, corrected), corrected: meant }];
  };
  const termsIn = (typed) => {
    const named = (parts) => {
      if (parts.length < 2 || stop.has(parts[0]) || stop.has(parts.at(-1))) return null;
      return entry(`=${parts.map(stem).join(" ")}`) || (parts.length < 4 && !parts.some(isJapanese) && entry(parts.join("")));
    };
    const lengths = [...Array(weights.longest_name + 1).keys()].reverse();
    const terms = [];
    for (let rest = typed; rest.length; ) {
      const parts = lengths.map((length) => rest.slice(0, length)).find(named) || rest.slice(0, 1);
      rest = rest.slice(parts.length);
      const name = named(parts);
      const singles = parts.filter((part) => !name || !stop.has(part)).flatMap((part) => termsOf(part, !rest.length));
      terms.push(...(name ? [term(parts.join(" "), name, singles)] : singles));
    }
    const telling = terms.filter((one) => !stop.has(one.typed) && !(one.typed.length === 1 && isJapanese(one.typed)));
    return telling.length ? telling : terms;
  };

  const line = cached((doc) => {
    const { t, w = [], j = [], c = [], s = [], r = "", e, x = "", y = "", q = [], p = [] } = sessions[doc];
    const texts = [t, ...w, ...j, ...c.map((place) => companies[place]), ...s, r, events[e].join(" "), x, y, ...q, ...p];
    return ` ${texts.map((text) => words(text).join(" ")).join(" \n ")} `;
  });
  const search = (query, allowed) => {
    const typed = words(query).slice(0, weights.most_words);
    if (!typed.length) return { docs: allowed, notices: [], terms: [] };
    const terms = termsIn(typed);
    const typedStems = new Set(typed.map(stem));
    const hinted = list.filter((word) => word[0] === "+" && typed.length > 1 && word.slice(1).split(" ").every((one) => typedStems.has(one)));
    const every = [...terms, ...hinted.map((word) => term(word, entry(word)))];
    const have = (what) => (doc) => terms.every((one) => one.docs.get(doc)?.[what]);
    const strict = allowed.filter(have("found"));
    const literal = new Set(strict.filter(have("literal")));
    const wide = literal.size || typed.length < 2 ? strict : allowed.filter((doc) => every.some((one) => one.docs.get(doc)?.found));
    const whole = sum(terms.map((one) => one.telling)) || 1;
    const scores = new Map(wide.map((doc) => {
      const its = every.map((one) => [one.telling, one.docs.get(doc) || { score: 0, share: 0 }]);
      const share = Math.min(1, sum(its.map(([telling, one]) => telling * one.share)) / whole);
      return [doc, sum(its.map(([, one]) => one.score)) * share ** weights.coverage];
    }));
    const byScore = (one, other) => scores.get(other) - scores.get(one);
    const inOrder = terms.flatMap((one) => one.typed.split(" "));
    const pairs = inOrder.slice(1).map((word, place) => ` ${inOrder[place]} ${word} `);
    for (const doc of pairs.length ? [...wide].sort(byScore).slice(0, weights.neighbours) : []) {
      const beside = pairs.filter((pair) => line(doc).includes(pair)).length / pairs.length;
      scores.set(doc, scores.get(doc) * (1 + weights.adjacent * beside));
    }
    const notices = terms.filter((one) => one.corrected).map((one) => say("corrected", { word: one.typed, corrected: one.corrected.join(", ") }));
    const best = Math.max(...scores.values());
    const most = wide !== strict && !strict.some((doc) => scores.get(doc) === best);
    const docs = most ? wide.filter((doc) => scores.get(doc) > 0 && scores.get(doc) >= best * weights.far_behind) : [...strict];
    if (most && docs.length) notices.push(say("most"));
    const year = (doc) => events[sessions[doc].e][2];
    docs.sort((one, other) => literal.has(other) - literal.has(one) || byScore(one, other) || year(other) - year(one) || one - other);
    return { docs, notices, terms };
  };

  // The page.
  const say = (key, values = {}) => data.texts[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const inLang = ([english, japanese]) => (lang === "ja" ? japanese : english);
  const made = (tag, content, attributes = {}) => {
    const element = document.createElement(tag);
    element.append(...[content].flat());
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const marked = (text, texts) => {
    const patterns = texts.filter((one) => one.length > 1).map((one) => one.replace(/ /g, "[\\s-]+"))
      .map((one) => (isJapanese(one) ? one : `(?<![\\p{L}\\p{N}])${one}(?![\\p{L}\\p{N}])`));
    if (!patterns.length) return [text];
    return text.split(new RegExp(`(${patterns.join("|")})`, "giu")).map((part, place) => (place % 2 ? made("mark", part) : part));
  };
  const item = (doc, terms) => {
    const session = sessions[doc];
    const its = terms.map((one) => ({ typed: one.typed, texts: [], ...one.docs.get(doc) }));
    const texts = [...new Set(its.flatMap((one) => one.texts))];
    const why = its.filter((one) => one.texts.length && !one.literal && !one.texts[0].startsWith(one.typed))
      .map((one) => say("stands", { text: one.texts[0], query: one.typed })).slice(0, 4);
    const links = session.l || {};
    const address = links.url || links.paper;
    const comma = lang === "ja" ? "、" : ", ";
    const facts = [events[session.e][0], inLang(kinds[session.k]), (session.c || []).map((place) => companies[place]).join(comma),
      (session.h || []).map((place) => inLang(themes[place])).join(comma)].filter(Boolean);
    const summary = inLang([session.x || session.y, session.y || session.x]);
    const href = address ? { href: address } : {};
    const parts = [
      made("div", made(address ? "a" : "span", marked(session.t, texts), { ...href, lang: /[ぁ-ヿ一-鿿]/.test(session.t) ? "ja" : "en" }), { class: "title" }),
      made("p", facts.map((fact) => made("span", fact)), { class: "about" }),
    ];
    const leads = ["slides", "paper", "video", "url"].filter((name) => links[name])
      .map((name) => made("a", say(name), { href: links[name], "aria-label": `${say(name)}: ${session.t}` }));
    if (leads.length) parts.push(made("p", leads.flatMap((lead) => [lead, " "]), { class: "links" }));
    if (why.length) parts.push(made("p", why.join("; "), { class: "by" }));
    if (summary) parts.push(made("p", marked(summary, texts), { class: "by", lang: summary === session.y ? "ja" : "en" }));
    const questions = inLang([session.q || session.p, session.p || session.q]) || [];
    if (questions.length) {
      const asked = questions.map((one) => made("p", marked(one, texts), { lang: questions === session.p ? "ja" : "en" }));
      parts.push(made("details", [made("summary", say("answers")), ...asked], { class: "by" }));
    }
    return made("li", parts, { "data-id": session.i });
  };
  const update = (count) => {
    const query = at("query").value.trim();
    const chosen = Object.keys(filters).map((name) => filters[name][at(`by-${name}`).value]).filter(Boolean).map((docs) => new Set(docs));
    const asked = query || chosen.length;
    const allowed = [...sessions.keys()].filter((doc) => chosen.every((docs) => docs.has(doc)));
    const { docs, notices, terms } = search(query, allowed);
    shown = count ?? (asked ? STEP : 0);
    at("status").textContent = say(docs.length === 1 ? "one" : !docs.length ? "none" : asked ? "found" : "unasked", { count: docs.length });
    at("notice").textContent = notices.join(" ");
    at("notice").hidden = !notices.length;
    at("found").replaceChildren(...docs.slice(0, shown).map((doc) => item(doc, terms)));
    at("more").hidden = docs.length <= shown;
    at("more").textContent = say(shown ? "more" : "first", { count: Math.min(STEP, docs.length - shown) });
  };
  const speak = (to) => {
    lang = root.lang = to;
    for (const one of ["en", "ja"]) {
      at(`${one}-main`).hidden = one !== to;
      at(`to-${one}`).setAttribute("aria-pressed", String(one === to));
    }
    document.title = document.querySelector(`h1 .of-${to}`).textContent;
    at("tools").setAttribute("aria-label", say("tools"));
    for (const option of document.querySelectorAll("option")) option.textContent = option.dataset[to];
    update(shown);
  };
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);
  const paint = () => at("to-dark").setAttribute("aria-pressed", String(isDark()));

  at("query").addEventListener("input", () => update());
  for (const name of Object.keys(filters)) at(`by-${name}`).addEventListener("change", () => update());
  at("more").addEventListener("click", () => {
    const before = shown;
    update(shown + STEP);
    at("found").children[before]?.querySelector("a")?.focus();
  });
  for (const one of ["en", "ja"]) at(`to-${one}`).addEventListener("click", () => speak(one));
  at("to-dark").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    paint();
  });
  prefersDark.addEventListener("change", paint);
  document.addEventListener("keydown", (event) => {
    const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      at("query").focus();
    } else if (event.key === "Escape" && document.activeElement === at("query")) {
      at("query").value = "";
      update();
    }
  });
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("main:not([hidden]) details")) one.open = true;
  });
  at("search").hidden = !sessions.length;
  at("tools").hidden = false;
  speak(lang);
  paint();
  (window.requestIdleCallback || setTimeout)(() => inSessions());
})();

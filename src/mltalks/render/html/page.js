"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { sessions, events, companies, themes, kinds, settings } = data;
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const STEP = 20;
  const FIELDS = ["title", "keywords", "keywords_ja", "companies", "speakers", "track", "event", "summary", "summary_ja"];
  const stop = new Set(settings.stop);
  let lang = root.lang === "ja" ? "ja" : "en";
  let shown = 0;
  let index = null;

  // Words, as mltalks.text takes them apart.
  const JA = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff々〆";
  const LETTER = `(?:(?![${JA}_])[\\p{L}\\p{N}])`;
  const CHAIN = new RegExp(`[${JA}]+|${LETTER}+(?:[-‐-–/+.'’&]${LETTER}+)*`, "gu");
  const WORD = new RegExp(`[${JA}]+|${LETTER}+`, "gu");
  const IS_JA = new RegExp(`^[${JA}]`, "u");
  const RUN = /[ァ-ヺー]+|[ぁ-ゟ]+|[㐀-䶿一-鿿豈-﫿々〆]+|[゠・ヽヾヿ]+/gu;
  const HIRAGANA = /^[ぁ-ゟ]/u;
  const KATAKANA = /^[ァ-ヺ]/u;
  const CAMEL = /[A-Za-z0-9]*(?:[a-z][A-Z]|[A-Z]{2}[a-rt-z])[A-Za-z0-9]*/g;
  const HUMP = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;
  const ENDED = new RegExp("^(.{3,}?)(?:ations?|ators?|at(?:e[ds]?|ing|ive)|i[sz]ations?|i[sz](?:e[drs]?|ers|ing)|ions?|ings?" +
    "|ers?|ors?|ives?|e[ds]|ments?|abilit(?:y|ies)|ables?|all?y?|ly|iti?es?|ity|ies|[ey]|s)$");

  const plain = (text) => {
    const narrow = text.normalize("NFKC");
    return /^[\x00-\x7f]*$/.test(narrow) ? narrow : narrow.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  };
  const isJapanese = (word) => IS_JA.test(word);
  const withoutLongVowel = (word) => (word.length > 3 && word.endsWith("ー") ? word.slice(0, -1) : word);
  const japaneseWords = (run) => {
    const parts = (run.match(RUN) || []).filter((part) => !/^[・゠]/.test(part));
    const content = parts.filter((part) => !HIRAGANA.test(part));
    return (content.length ? content : parts).map(withoutLongVowel);
  };
  const wordsOf = (chain) =>
    (chain.toLowerCase().match(WORD) || []).flatMap((word) => (isJapanese(word) ? japaneseWords(word) : [word]));
  const chains = (text) => plain(text).match(CHAIN) || [];
  const words = (text) => chains(text).flatMap(wordsOf);
  const compounds = (chain) => {
    const joints = (chain.match(/[^\p{L}\p{N}]+/gu) || []).length;
    const found = joints === 1 || joints === 2 ? [chain.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "")] : [];
    for (const word of chain.match(CAMEL) || []) {
      if (word.endsWith("s") && /^[A-Z0-9]+$/.test(word.slice(0, -1))) continue;
      for (const part of word.match(HUMP) || []) if (part.length > 1) found.push(part.toLowerCase());
    }
    return found;
  };
  const stems = new Map();
  const stem = (word) => {
    let known = stems.get(word);
    if (known === undefined) stems.set(word, (known = cut(word)));
    return known;
  };
  const cut = (word) => {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    if (word.length === 4) return "es".includes(word[3]) && !"se".includes(word[2]) ? word.slice(0, 3) : word;
    const ended = /(?:ss|us|is)$/.test(word) ? null : ENDED.exec(word);
    const bare = ended ? ended[1] : word;
    const last = bare[bare.length - 1];
    return bare.length > 4 && last === bare[bare.length - 2] && last !== "s" ? bare.slice(0, -1) : bare;
  };
  const isPlural = (one, other) => {
    const [short, long] = one.length < other.length ? [one, other] : [other, one];
    return [`${short}s`, `${short}es`, `${short.slice(0, -1)}ies`].includes(long);
  };

  // The index: for each word the weight that it has in each session.
  const textsOf = (session) => {
    const event = events[session.e];
    return {
      title: [session.t],
      keywords: session.w || [],
      keywords_ja: session.j || [],
      companies: (session.c || []).map((place) => companies[place][0]),
      speakers: session.s || [],
      track: session.r ? [session.r] : [],
      event: [event.join(" ")],
      summary: session.x ? [session.x] : [],
      summary_ja: session.y ? [session.y] : [],
    };
  };
  const built = () => {
    const postings = new Map();
    const lines = [];
    sessions.forEach((session, doc) => {
      const texts = textsOf(session);
      const line = [];
      for (const field of FIELDS) {
        const read = texts[field].map((text) => chains(text).map((chain) => [wordsOf(chain), chain]));
        const length = read.reduce((sum, text) => sum + text.reduce((n, [its]) => n + its.length, 0), 0);
        if (!length) continue;
        const weight = settings.weight[field] / (1 - settings.length + (settings.length * length) / settings.typical[field]);
        for (const text of read) {
          for (const [its, chain] of text) {
            for (const word of field === "event" ? its : [...its, ...compounds(chain)]) {
              let found = postings.get(word);
              if (!found) postings.set(word, (found = new Map()));
              found.set(doc, (found.get(doc) || 0) + weight);
            }
            for (const word of its) line.push(stem(word));
          }
          line.push("\n");
        }
      }
      lines.push(` ${line.join(" ")} `);
    });
    const byStem = new Map();
    const japanese = [];
    for (const word of postings.keys()) {
      if (isJapanese(word)) japanese.push(word);
      else if (byStem.has(stem(word))) byStem.get(stem(word)).push(word);
      else byStem.set(stem(word), [word]);
    }
    const sorted = [...postings.keys()].filter((word) => !isJapanese(word)).sort();
    const things = new Map();
    data.names.forEach((names, place) => {
      for (const name of names) {
        const key = name.split(" ").map(stem).join("");
        if (things.has(key)) things.get(key).add(place);
        else things.set(key, new Set([place]));
      }
    });
    return { postings, lines, byStem, japanese, sorted, things };
  };

  // The forms of a word or name: {text, how, weight, docs}.
  const form = (text, how, weight, docs) => ({ text, how, weight, docs });
  const found = (word) => index.postings.get(word);
  const within = (word, how, weight) => {
    const docs = new Map();
    for (const longer of index.japanese) {
      if (longer.length <= word.length || !longer.includes(word)) continue;
      const accident = KATAKANA.test(word) && KATAKANA.test(longer) &&
        !(word.length > 2 && (longer.startsWith(word) || longer.endsWith(word)));
      const share = accident ? 0.2 : 0.6 + (0.3 * word.length) / longer.length;
      for (const [doc, its] of found(longer)) docs.set(doc, Math.max(docs.get(doc) || 0, its * share));
    }
    return docs.size ? [form(word, how, weight, docs)] : [];
  };
  const inflected = (word, how, weight) =>
    (index.byStem.get(stem(word)) || [])
      .filter((other) => other !== word)
      .sort((one, other) => found(other).size - found(one).size)
      .slice(0, settings.inflected)
      .map((other) => form(other, how, weight * (isPlural(word, other) ? settings.plural : settings.derived), found(other)));
  const phrase = (parts) => {
    const line = ` ${parts.map(stem).join(" ")} `;
    const docs = new Map();
    index.lines.forEach((text, doc) => {
      const times = text.split(line).length - 1;
      if (times) docs.set(doc, times * 2);
    });
    return docs;
  };
  const named = (name, how, weight) => {
    const parts = name.split(" ");
    if (parts.length > 1 && !isJapanese(name)) {
      const docs = phrase(parts);
      return docs.size ? [form(name, how, weight, docs)] : [];
    }
    const word = parts.join("");
    const exact = found(word) ? [form(word, how, weight, found(word))] : [];
    return isJapanese(word)
      ? [...exact, ...(word.length > 1 ? within(word, how, weight) : [])]
      : [...exact, ...inflected(word, how, weight)];
  };
  const otherNames = (name) => {
    const parts = name.split(" ");
    const key = parts.map(stem).join("");
    const forms = [];
    for (const place of index.things.get(key) || []) {
      for (const other of data.names[place]) {
        if (other.split(" ").map(stem).join("") !== key) {
          forms.push(...named(other, isJapanese(other) === isJapanese(name) ? "synonym" : "translation", settings.synonym));
        } else if (other.includes(" ") && !isJapanese(other)) forms.push(...named(other, "compound", settings.compound));
      }
    }
    return forms;
  };
  const prefixed = (word) => {
    let low = 0;
    let high = index.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (index.sorted[middle] < word) low = middle + 1;
      else high = middle;
    }
    const longer = [];
    while (low < index.sorted.length && index.sorted[low].startsWith(word)) longer.push(index.sorted[low++]);
    return longer
      .filter((other) => other !== word)
      .sort((one, other) => found(other).size - found(one).size)
      .slice(0, settings.longer)
      .map((other) => form(other, "prefix", settings.prefix + (settings.prefixTyped * word.length) / other.length, found(other)));
  };
  const distance = (one, other, most) => {
    let before = [];
    let row = Array.from({ length: other.length + 1 }, (_, column) => column);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      let least = i;
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1];
        let cost = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        next.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = row;
      row = next;
    }
    return row[other.length];
  };
  const digits = (word) => word.replace(/\D/g, "");
  const corrections = (word) => {
    if (word.length < 3 || word.length > 40) return [];
    let most = word.length < 6 ? 1 : word.length < 9 ? 2 : 3;
    let best = [];
    for (const other of isJapanese(word) ? index.japanese : index.sorted) {
      if (Math.abs(other.length - word.length) > most || digits(other) !== digits(word)) continue;
      const edits = distance(word, other, most);
      if (edits > most) continue;
      if (edits < most) best = [];
      most = edits;
      best.push(other);
    }
    const first = best.filter((other) => other[0] === word[0]);
    return (first.length ? first : best).sort((one, other) => found(other).size - found(one).size).slice(0, settings.meant);
  };
  const guesses = (word, last) => {
    const forms = found(word) ? [form(word, "exact", 1, found(word))] : [];
    if (isJapanese(word)) {
      if (word.length > 1) forms.push(...within(word, "exact", 1));
    } else {
      forms.push(...inflected(word, "inflection", 1));
      const known = found(word) ? found(word).size : 0;
      if (word.length >= (last ? 2 : settings.shortestPrefix) && known <= settings.rare) forms.push(...prefixed(word));
    }
    return forms.concat(stop.has(word) ? [] : otherNames(word));
  };
  const concept = (word, last) => {
    const forms = guesses(word, last);
    if (forms.length) return { typed: word, forms, corrected: [] };
    const corrected = corrections(word);
    return {
      typed: word,
      forms: corrected.flatMap((other) => guesses(other, false).map((one) => ({ ...one, how: one.how === "exact" ? "correction" : one.how }))),
      corrected,
    };
  };
  const concepts = (typed) => {
    const made = [];
    let place = 0;
    while (place < typed.length) {
      let length = Math.min(settings.longestName, typed.length - place);
      for (; length > 1; length--) {
        const parts = typed.slice(place, place + length);
        if (stop.has(parts[0]) || stop.has(parts[length - 1])) continue;
        const whole = parts.join("");
        const joined = length <= 3 && !parts.some(isJapanese) && found(whole) ? [form(whole, "compound", settings.compound, found(whole))] : [];
        const forms = joined.concat(otherNames(parts.join(" ")));
        if (!forms.length) continue;
        made.push({ typed: parts.join(" "), forms, parts: parts.filter((part) => !stop.has(part)).map((part) => concept(part, false)), corrected: [] });
        break;
      }
      if (length <= 1) {
        made.push(concept(typed[place], place === typed.length - 1));
        length = 1;
      }
      place += length;
    }
    const telling = made.filter((one) => one.parts || !(stop.has(one.typed) || (isJapanese(one.typed) && one.typed.length === 1)));
    return telling.length ? telling : made;
  };

  // Scores, as mltalks.search has them.
  const rarity = (n) => Math.log(1 + (sessions.length - n + 0.5) / (n + 0.5));
  const LITERAL = new Set(["exact", "inflection"]);
  const weighed = (one) => {
    const docs = new Map();
    const literal = new Set();
    const unique = new Map();
    for (const each of one.forms) {
      const known = unique.get(each.text);
      if (!known || known.weight < each.weight || known.docs !== each.docs) unique.set(each.text + known, each);
    }
    const best = new Map();
    for (const each of [...unique.values()].sort((a, b) => b.weight - a.weight)) {
      for (const [doc, weight] of each.docs) {
        docs.set(doc, (docs.get(doc) || 0) + weight * each.weight);
        if (!best.has(doc)) best.set(doc, each.weight);
        if (LITERAL.has(each.how)) literal.add(doc);
      }
    }
    const names = Math.min(settings.ownName, Math.max(1, (one.parts || []).length));
    const telling = rarity(docs.size) * names;
    const scored = new Map();
    for (const [doc, weight] of docs) scored.set(doc, [(telling * weight) / (weight + settings.saturation), best.get(doc)]);
    if (one.parts && one.parts.length) {
      const parts = one.parts.map(weighed);
      const whole = parts.reduce((sum, part) => sum + part.telling, 0) || 1;
      const sums = new Map();
      for (const part of parts) {
        for (const [doc, [score, share]] of part.scored) {
          const known = sums.get(doc) || [0, 0, 0];
          sums.set(doc, [known[0] + score, known[1] + (share * part.telling) / whole, known[2] + 1]);
        }
      }
      for (const [doc, [score, share, count]] of sums) {
        const known = scored.get(doc) || [0, 0];
        scored.set(doc, [Math.max(known[0], settings.apart * score), Math.max(known[1], settings.apart * share)]);
        if (count === parts.length) {
          docs.set(doc, docs.get(doc) || 1);
          if (parts.every((part) => part.literal.has(doc))) literal.add(doc);
        }
      }
      return { typed: one.typed, telling: docs.size ? rarity(docs.size) : whole, docs, literal, scored };
    }
    return { typed: one.typed, telling: docs.size ? rarity(docs.size) : 0, docs, literal, scored };
  };
  const search = (query, allowed) => {
    const typed = words(query).slice(0, 100);
    if (!typed.length) return { docs: allowed, notices: [], forms: [] };
    const asked = concepts(typed);
    const parts = asked.map(weighed);
    const strict = allowed.filter((doc) => parts.every((part) => part.docs.has(doc)));
    const literal = new Set(strict.filter((doc) => parts.every((part) => part.literal.has(doc))));
    const wide = literal.size || parts.length < 2 ? strict : allowed.filter((doc) => parts.some((part) => part.scored.has(doc)));
    const whole = parts.reduce((sum, part) => sum + part.telling, 0) || 1;
    const pairs = typed.slice(1).map((word, place) => ` ${stem(typed[place])} ${stem(word)} `);
    const scores = new Map();
    for (const doc of wide) {
      let score = 0;
      let share = 0;
      for (const part of parts) {
        const its = part.scored.get(doc);
        if (its) {
          score += its[0];
          share += its[1] * part.telling;
        }
      }
      scores.set(doc, score * Math.min(1, share / whole) ** settings.coverage);
    }
    if (pairs.length) {
      const first = [...scores.keys()].sort((one, other) => scores.get(other) - scores.get(one)).slice(0, 20);
      for (const doc of first) {
        const beside = pairs.filter((pair) => index.lines[doc].includes(pair)).length;
        scores.set(doc, scores.get(doc) * (1 + (settings.adjacent * beside) / pairs.length));
      }
    }
    const notices = asked.flatMap((one) => one.parts || [one]).filter((one) => one.corrected.length)
      .map((one) => say("corrected", { word: one.typed, corrected: one.corrected.join(", ") }));
    let docs = strict;
    const top = [...scores].reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0]);
    if (wide !== strict && !strict.includes(top[0])) {
      docs = wide.filter((doc) => scores.get(doc) > 0 && scores.get(doc) >= top[1] * settings.behind);
      if (docs.length) notices.push(say("most", {}));
    }
    docs = [...docs].sort((one, other) =>
      literal.has(other) - literal.has(one) || scores.get(other) - scores.get(one) ||
      events[sessions[other].e][2] - events[sessions[one].e][2] || one - other);
    return { docs, notices, asked };
  };

  // What is on the page.
  const say = (key, values) => data.texts[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const made = (tag, content, attributes) => {
    const element = document.createElement(tag);
    if (content !== undefined) element.append(...[].concat(content));
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    return element;
  };
  const themeLabel = (place) => themes[place][lang === "ja" ? 1 : 0];
  const kindLabel = (kind) => kinds[kind][lang === "ja" ? 1 : 0];
  const above = (list, parent) => (place) => {
    const chain = [];
    for (let step = place; step !== null && step !== undefined && !chain.includes(step); step = list[step][parent]) chain.push(step);
    return chain;
  };
  const aboveTheme = above(themes, 2);
  const aboveCompany = above(companies, 1);
  const filters = {
    theme: (session) => new Set((session.h || []).flatMap(aboveTheme).map(String)),
    company: (session) => new Set((session.c || []).flatMap(aboveCompany).map(String)),
    year: (session) => new Set([String(events[session.e][2])]),
    kind: (session) => new Set([session.k]),
  };
  const values = Object.fromEntries(Object.entries(filters).map(([name, of]) => [name, sessions.map(of)]));
  const fill = () => {
    for (const name of Object.keys(filters)) {
      const counts = new Map();
      for (const its of values[name]) for (const value of its) counts.set(value, (counts.get(value) || 0) + 1);
      const entries = {
        theme: () => treeOrder(null, 0).filter(([place]) => counts.has(String(place)))
          .map(([place, depth]) => [String(place), "\u2003".repeat(depth) + themeLabel(place)]),
        company: () => [...counts.keys()].map((place) => [place, companies[place][0]])
          .sort((one, other) => one[1].localeCompare(other[1], lang)),
        year: () => [...counts.keys()].sort().reverse().map((year) => [year, year]),
        kind: () => [...counts.keys()].map((kind) => [kind, kindLabel(kind)]),
      }[name]();
      const select = at(`by-${name}`);
      const chosen = select.value;
      select.replaceChildren(made("option", say("all", {}), { value: "" }),
        ...entries.map(([value, label]) => made("option", `${label} (${counts.get(value)})`, { value })));
      select.value = chosen;
    }
  };
  const treeOrder = (parent, depth) =>
    themes.flatMap((theme, place) => ((theme[2] ?? null) === parent ? [[place, depth], ...treeOrder(place, depth + 1)] : []));

  const marked = (text, forms) => {
    const patterns = [...new Set(forms.map((one) => one.text))].filter((one) => one.length > 1)
      .map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "[\\s-]+"))
      .map((one) => (/^[\x00-\x7f]*$/.test(one) ? `(?<![\\p{L}\\p{N}])${one}(?![\\p{L}\\p{N}])` : one));
    if (!patterns.length) return [text];
    return text.split(new RegExp(`(${patterns.join("|")})`, "giu")).map((part, place) => (place % 2 ? made("mark", part) : part));
  };
  const reasons = (doc, asked) => {
    const told = new Map();
    for (const one of (asked || []).flatMap((each) => [each, ...(each.parts || [])])) {
      const its = one.forms.filter((each) => each.docs.has(doc)).sort((a, b) => b.weight - a.weight);
      if (its.length && !its.some((each) => ["exact", "inflection", "prefix", "compound"].includes(each.how))) {
        told.set(one.typed, say("stands", { text: its[0].text, query: one.typed }));
      }
    }
    return [...told.values()].slice(0, 4);
  };
  const item = (doc, asked) => {
    const session = sessions[doc];
    const forms = (asked || []).flatMap((one) => [one, ...(one.parts || [])]).flatMap((one) => one.forms.filter((each) => each.docs.has(doc)));
    const links = session.l || {};
    const address = links.url || links.paper;
    const title = marked(session.t, forms);
    const japanese = /[ぁ-ヿ一-鿿]/.test(session.t) ? "ja" : "en";
    const facts = [events[session.e][0], kindLabel(session.k), (session.c || []).map((place) => companies[place][0]).join(lang === "ja" ? "、" : ", "),
      (session.h || []).map(themeLabel).join(lang === "ja" ? "、" : ", ")].filter(Boolean);
    const summary = lang === "ja" ? session.y || session.x : session.x || session.y;
    const parts = [
      made("div", address ? made("a", title, { href: address, lang: japanese }) : made("span", title, { lang: japanese }), { class: "title" }),
      made("p", facts.map((fact) => made("span", fact)), { class: "about" }),
    ];
    const leads = ["slides", "paper", "video", "url"].filter((name) => links[name]);
    if (leads.length) {
      parts.push(made("p", leads.flatMap((name, place) => [place ? " " : "",
        made("a", say(name, {}), { href: links[name], "aria-label": `${say(name, {})}: ${session.t}` })]), { class: "links" }));
    }
    const why = reasons(doc, asked);
    if (why.length) parts.push(made("p", why.join("; "), { class: "by" }));
    if (summary) parts.push(made("p", marked(summary, forms), { class: "by", lang: summary === session.y ? "ja" : "en" }));
    return made("li", parts, { "data-id": session.i });
  };
  const update = () => {
    const query = at("query").value;
    if (query && !index) index = built();
    const chosen = Object.keys(filters).map((name) => [name, at(`by-${name}`).value]).filter(([, value]) => value);
    const allowed = sessions.map((_, doc) => doc).filter((doc) => chosen.every(([name, value]) => values[name][doc].has(value)));
    const { docs, notices, asked } = search(query, allowed);
    const asks = query.trim() || chosen.length;
    const told = docs.length === 1 ? "one" : docs.length ? (asks ? "found" : "unasked") : "none";
    at("status").textContent = say(told, { count: docs.length });
    at("notice").textContent = notices.join(" ");
    at("notice").hidden = !notices.length;
    at("found").replaceChildren(...docs.slice(0, shown).map((doc) => item(doc, asked)));
    at("more").hidden = docs.length <= shown;
    at("more").textContent = say(shown ? "more" : "first", { count: Math.min(STEP, docs.length - shown) });
  };
  const again = () => {
    const asks = at("query").value.trim() || Object.keys(filters).some((name) => at(`by-${name}`).value);
    shown = asks ? STEP : 0;
    update();
  };
  const speak = (to) => {
    lang = to;
    root.lang = to;
    for (const one of ["en", "ja"]) {
      at(`${one}-main`).hidden = one !== to;
      at(`to-${one}`).setAttribute("aria-pressed", String(one === to));
    }
    document.title = document.querySelector(`h1 .of-${to}`).textContent;
    at("tools").setAttribute("aria-label", say("tools", {}));
    fill();
    update();
  };
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const paint = () => at("to-dark").setAttribute("aria-pressed", String(isDark()));

  at("query").addEventListener("input", again);
  for (const name of Object.keys(filters)) at(`by-${name}`).addEventListener("change", again);
  at("more").addEventListener("click", () => {
    const before = shown;
    shown += STEP;
    update();
    const next = at("found").children[before];
    const link = next && next.querySelector("a");
    if (link) link.focus();
  });
  for (const one of ["en", "ja"]) at(`to-${one}`).addEventListener("click", () => speak(one));
  at("to-dark").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    paint();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  document.addEventListener("keydown", (event) => {
    const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      at("query").focus();
    } else if (event.key === "Escape" && document.activeElement === at("query")) {
      at("query").value = "";
      again();
    }
  });
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("main:not([hidden]) details")) one.open = true;
  });
  at("search").hidden = !sessions.length;
  at("tools").hidden = false;
  speak(lang);
  paint();
  (window.requestIdleCallback || setTimeout)(() => {
    if (!index) index = built();
  });
})();

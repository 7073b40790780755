"use strict";
(async () => {
  // As mltalks.render.html.page.packed: 5 letters for 4 bytes, of the last ones fewer.
  const unpacked = (text) => {
    const values = new Uint8Array(128);
    [...document.getElementById("data").dataset.letters].forEach((letter, value) => (values[letter.charCodeAt(0)] = value));
    const bytes = new DataView(new ArrayBuffer(4 * Math.ceil(text.length / 5)));
    for (let from = 0; from < text.length; from += 5) {
      let number = 0;
      for (let at = from; at < from + 5; at++) number = 85 * number + (at < text.length ? values[text.charCodeAt(at)] : 84);
      bytes.setUint32((4 * from) / 5, number);
    }
    const packed = new Blob([bytes.buffer.slice(0, Math.floor((4 * text.length) / 5))]);
    return new Response(packed.stream().pipeThrough(new DecompressionStream("deflate"))).json();
  };
  const data = await unpacked(document.getElementById("data").textContent);
  const { sessions, events, companies, themes, kinds, filters, known } = data;
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const [STEP, SPEAKERS] = [20, 6];
  let lang = root.lang === "ja" ? "ja" : "en";
  const pageLang = lang;
  let shown = 0;
  let typedAt = 0;
  let distant = false;
  const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
  const cached = (made) => {
    const kept = new Map();
    return (key) => kept.get(key) ?? kept.set(key, made(key)).get(key);
  };

  // Words, folded and split as in mltalks.text.
  const RUN = /(?<![a-z0-9])[a-z](?:\+\+|#)|[ァ-ヺー]+|(?:なし|あり)(?=$|[^ぁ-ゟ]|[のでにもは、]|が(?![ちたと]))|[ぁ-ゟ][ぁ-ゟー]*|[㐀-䶿一-鿿豈-﫿々〆]+|(?:(?![぀-ヿ㐀-䶿一-鿿豈-﫿々〆])[\p{L}\p{N}])+/gu;
  const isJapanese = (word) => /^[ぁ-ヿ㐀-䶿一-鿿豈-﫿々〆]/u.test(word);
  const usual = { ł: "l", đ: "d", ð: "d", ø: "o", ħ: "h", ŧ: "t", ı: "i", ŋ: "n", æ: "ae", œ: "oe", þ: "th" };
  const kanji = "高髙,崎﨑嵜,辺邊邉,斉齋斎齊,沢澤,浜濱濵,広廣,桜櫻,島嶋嶌,富冨,真眞,徳德,瀬瀨,恵惠,国國,吉𠮷,柳栁,条條,実實,寿壽,栄榮,蔵藏,浅淺,関關,礼禮,弥彌,曽曾,槙槇,竜龍,桧檜,諌諫";
  for (const [one, ...others] of kanji.split(",")) for (const other of others) usual[other] = one;
  const bare = (text) => text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  const folded = (text) => bare(text).replace(/[^\x00-\x7f]/gu, (letter) => usual[letter] || letter);
  const runs = (text) => (text.match(RUN) || []).map((run) => run.replace(/(?<=[ァ-ヺー]{3})ー$/u, ""));
  const withoutHiragana = (some) => some.filter((run) => !/^[ぁ-ゟ]/u.test(run) || /^(なし|あり)$/.test(run));
  const words = (text) => {
    const all = runs(folded(text));
    const content = withoutHiragana(all);
    return content.length ? content : all;
  };

  // What the command finds for each known word. mltalks.render.html.vocabulary writes it and explains how it is coded.
  const { weights } = known;
  const [TYPED, OTHER, NEAR, THEME] = [0, 1, 2, 3];
  const stop = new Set(known.stop);
  const postings = known.postings.split(" ");
  const entries = known.entries.split(" ");
  const list = [];
  const places = new Map();
  const base = known.digits.length;
  const digit = new Uint8Array(128);
  [...known.digits].forEach((one, value) => { digit[one.charCodeAt(0)] = value; });
  const number = (text, from, width = known.width) => {
    let value = 0;
    for (let place = from; place < from + width; place++) value = value * base + digit[text.charCodeAt(place)];
    return value;
  };
  known.words.split("|").forEach((coded, place) => {
    const word = [...(list[place - 1] || "")].slice(0, number(coded, 0, 1)).join("") + coded.slice(1);
    list.push(word);
    places.set(word, place);
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
  const times = (word) => sum([word, `?${word}`].map((one) => (places.has(one) ? postings[places.get(one)].length / known.width : 0)));
  const itself = (word, weight = 1, kind = TYPED) => ({ place: places.get(word), weight, kind });
  const entry = cached((word) => {
    const coded = entries[places.get(word)];
    if (!coded) return null;
    if (coded[0] === "|") return entry(list[number(coded, 1)]);
    const head = number(coded, 0, 2);
    const variants = times(word) ? [itself(word)] : [];
    for (let from = 4; from < coded.length; from += known.width + 1) {
      const [weight, kind] = known.uses[number(coded, from + known.width, 1)];
      variants.push({ place: number(coded, from), weight: weight / 100, kind });
    }
    return { firm: (head >> 2) / 100, loose: number(coded, 2, 2) / 100, parts: head & 3, variants };
  });
  const inSessions = cached(() => list.filter((word) => !/[=+#~? ]/.test(word) && times(word)).map((word) => [word, times(word)])
    .sort(([, one], [, other]) => other - one).map(([word]) => word));
  const hints = cached(() => list.filter((word) => word[0] === "+").map((word) => [word.slice(1).split(" "), entry(word)]));
  const subjects = cached(() => inSessions().filter((word) => known.flags[places.get(word)] === "1" && !stop.has(word)));
  const nameWords = cached(() => inSessions().filter((word) => known.flags[places.get(word)] === "0"));
  const japanese = cached(() => inSessions().filter(isJapanese).sort((one, other) => one.length - other.length || (one < other ? -1 : 1)));

  // Stems as in mltalks.text.stemmer.
  const ended = new RegExp(`^(?:${known.ended})$`);
  const apart = new Set(known.apart);
  const stem = cached((word) => {
    if (!/^[a-z]{4,}$/.test(word)) return word;
    const singles = /[^s]s$/.test(word) ? [/s$/, /es$/, /ies$/].map((end) => word.replace(end, `${end}` === "/ies$/" ? "y" : "")) : [];
    const own = [word, ...singles, word.replace(/ly$/, "")].map((one) => one.replace(/iser$/, "izer")).find((one) => apart.has(one));
    const verb = new RegExp(`^${known.verbs_apart}`).exec(word);
    if (verb || own) return `${verb ? verb[0].replace("s", "z") : own}'`;
    if (word.length === 4) return /[^es][es]$/.test(word) ? word.slice(0, -1) : word;
    const bare = (!/[sui]s$/.test(word) && ended.exec(word)?.groups.stem) || word;
    return /^.{3,}([^s])\1$/.test(bare) ? bare.slice(0, -1) : bare;
  });
  const families = cached(() => {
    const words = new Map();
    for (const word of inSessions()) words.set(stem(word), [...(words.get(stem(word)) || []), word]);
    return words;
  });

  // Words of a query, in which a verbal noun is one, as in mltalks.text.japanese.verbal_nouns.
  const { stem: stems, long_stem: longStems, before, no_verbs: noVerbs, adjectives, gerunds, suffixes, suru } = known.verbal_nouns;
  const isKanji = (letter) => /^[㐀-鿿豈-﫿々]/u.test(letter || "");
  const isVerbal = (text, at, kana) => {
    if (noVerbs.includes(text[at]) || (at && suru.includes(kana[0]) && isKanji(text[at - 1]))) return false;
    if (kana.length > 1) return before.includes(kana[0]) && longStems.includes(kana[1]);
    return stems.includes(kana) && !({ い: adjectives, て: gerunds }[kana] || "").includes(text[at]);
  };
  const nounEnd = (text, at) => {
    const length = [1, 2].find((one) => isKanji(text[at + one + 1]));
    const second = at + length + 1;
    return length && isKanji(text[at]) && !suffixes.includes(text[second]) && isVerbal(text, at, text.slice(at + 1, second)) ? second + 1 : 0;
  };
  const units = (query) => {
    const text = folded(query);
    const pieces = [];
    let [start, at] = [0, 0];
    while (at < text.length - 2) {
      const end = nounEnd(text, at);
      const noun = `${text[at]} ${text[end - 1]}`;
      const isName = places.has(`=${noun}`);
      if (end && (!isKanji(text[at - 1]) || isName || places.has(noun)) && (!isKanji(text[end]) || isName)) {
        pieces.push(...withoutHiragana(runs(text.slice(start, at))), noun);
        start = end;
      }
      at = end || at + 1;
    }
    return pieces.length ? [...pieces, ...withoutHiragana(runs(text.slice(start)))] : words(query);
  };

  // The idf of what is not known as a whole, out of the sessions of the page.
  const idf = (count) => {
    const foundIn = (count * known.size) / sessions.length;
    return Math.log(1 + (known.size - foundIn + 0.5) / (foundIn + 0.5));
  };
  const counted = (docs, parts) => {
    const some = [...docs.values()].filter((its) => its.found);
    const everyday = some.length && !parts.length && !some.some((its) => its.said);
    return { firm: (everyday ? weights.everyday : 1) * idf(some.length), loose: idf([...docs.values()].filter((its) => its.share).length) };
  };

  // A term of the query: how telling it is, and for each session that has it its score, its share of the term, and its words.
  // As in mltalks.search.scoring.
  const listsOf = (variants) => variants.flatMap((one) => [
    { ...one, text: list[one.place] },
    { ...one, text: list[one.place], place: places.get(`?${list[one.place]}`), kind: Math.max(one.kind, OTHER), asked: true },
  ]).filter((one) => one.place !== undefined);
  const term = (typed, its, parts = [], apart = 1) => {
    const { variants } = its;
    const docs = new Map();
    const of = (doc) => docs.get(doc) || docs.set(doc, { weight: 0, ofThemes: 0, share: 0, score: 0, texts: [] }).get(doc);
    for (const { place, text, weight, kind, asked } of listsOf(variants)) {
      for (const [doc, step] of found(place)) {
        if (kind === NEAR && docs.get(doc)?.weight) continue;
        const its = of(doc);
        its.share = Math.max(its.share, weight);
        its[kind === THEME ? "ofThemes" : "weight"] += (weight * step) / weights.step;
        its.filed ||= kind === THEME;
        its.literal ||= kind === TYPED;
        its.found ||= kind < NEAR;
        its.said ||= kind < NEAR && !asked;
        its.named ||= kind < NEAR;
        const written = text.replace(/^~+/, "");
        if (kind !== THEME) its.texts.push(isJapanese(written) ? written.replace(/ /g, "") : written);
      }
    }
    const whole = sum(parts.map((part) => part.telling)) || 1;
    const ofParts = new Map();
    for (const doc of new Set(parts.flatMap((part) => [...part.docs.keys()]))) {
      const its = of(doc);
      const each = parts.map((part) => part.docs.get(doc) || { score: 0, share: 0, texts: [] });
      ofParts.set(doc, apart * sum(each.map((one) => one.score)));
      its.share = Math.max(its.share, (apart * sum(each.map((one, place) => one.share * parts[place].telling))) / whole);
      its.literal ||= each.every((one) => one.literal);
      its.found ||= each.every((one) => one.found);
      its.answers = each.some((one) => one.answers);
      its.texts.push(...each.flatMap((one) => one.texts));
    }
    const { firm, loose } = its.firm === undefined ? counted(docs, parts) : its;
    const names = Math.min(weights.name_words, Math.max(1, parts.length));
    for (const [doc, its] of docs) {
      const own = (names * (its.found ? firm : Math.min(firm, loose)) * its.weight) / (its.weight + weights.saturation);
      its.score = Math.max(own, ofParts.get(doc) || 0) + its.ofThemes;
      its.answers ||= its.found || its.filed;
    }
    const telling = variants.length ? firm : 0;
    return { typed, variants, parts, docs, telling: parts.length && (apart === 1 || !telling) ? Math.max(telling, whole) : telling };
  };

  // A word that is not known: known words of its stem, those that it begins, a correction, or its parts. As in
  // mltalks.search.expansion.
  const standIn = (some) => {
    const best = new Map();
    for (const one of some) if (!(best.get(one.place)?.weight >= one.weight)) best.set(one.place, one);
    const variants = [...best.values()].sort((one, other) => (one.kind === NEAR) - (other.kind === NEAR) || other.weight - one.weight);
    return { variants };
  };
  const crc32 = (word) => {
    let sum = -1;
    for (const letter of word) {
      sum ^= letter.charCodeAt(0);
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
  };
  const english = cached(() => {
    const hashes = new Set();
    for (let from = 0, hash = -1; from < known.english.length; from += 2) hashes.add((hash += number(known.english, from, 2)));
    return hashes;
  });
  const isEnglish = (word) => /^[a-z]{4,14}$/.test(word) && english().has(crc32(word) % known.hashes);
  const isPlural = (one, other) => {
    const [short, long] = [one, other].sort((a, b) => a.length - b.length);
    return [`${short}s`, `${short}es`, `${short.slice(0, -1)}ies`].includes(long);
  };
  const isForm = (word, other) => {
    let same = 0;
    while (same < word.length && word[same] === other[same]) same++;
    const ends = [word.slice(same), other.slice(same)];
    const common = known.endings.some((some) => ends.every((one) => some.includes(one)));
    return same > 3 && (common || same >= weights.sure_stem || (same === weights.sure_stem - 1 && word.length > same + 2));
  };
  const inflected = (word) => (families().get(stem(word)) || []).slice(0, weights.max_inflected).filter((other) => isForm(word, other));
  const completed = (word, last) => {
    const begun = word.length >= (last ? 2 : weights.shortest_prefix) && !isEnglish(word);
    return begun ? subjects().filter((other) => other.startsWith(word) && other !== word).slice(0, weights.max_longer) : [];
  };
  const distance = (one, other, most) => {
    let [before, last] = [[], [...Array(other.length + 1).keys()]];
    for (let i = 1, leastOfLast = 0; i <= one.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= other.length; j++) {
        const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? before[j - 2] + 1 : Infinity;
        row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]), swapped);
        least = Math.min(least, row[j]);
      }
      if (least > most && leastOfLast > most) return Infinity;
      [before, last, leastOfLast] = [last, row, least];
    }
    return last[other.length];
  };
  // The letters of a word as bits: one edit changes two of them at most.
  const letters = cached((word) => [...word].reduce((bits, letter) => bits | (1 << (letter.charCodeAt(0) % 31)), 0));
  const differing = (bits) => {
    let count = 0;
    for (let rest = bits; rest; rest &= rest - 1) count++;
    return count;
  };
  const sorted = (text) => [...text].sort().join("");
  const nearest = (word, some) => {
    const most = word.length < 6 ? 1 : word.length < 9 ? 2 : 3;
    const digits = (text) => text.replace(/\D/g, "");
    const alike = word.length < 3 || word.length > weights.longest_typed ? [] : some.filter(
      (other) => Math.abs(other.length - word.length) <= most && differing(letters(other) ^ letters(word)) <= 2 * most);
    const edits = new Map(alike.map((other) => [other, distance(word, other, most)]));
    const near = [...edits.keys()].filter((other) => edits.get(other) <= most && digits(other) === digits(word) && !isJapanese(other));
    const least = Math.min(...near.map((other) => edits.get(other)));
    const best = near.filter((other) => edits.get(other) === least);
    const [swapped, first] = [best.filter((other) => sorted(other) === sorted(word)), best.filter((other) => other[0] === word[0])];
    return { least, words: swapped.length ? swapped : first.length ? first : best };
  };
  const likely = cached((word) => nearest(word, subjects()));
  const isTypo = (word) => {
    const { least, words } = likely(word);
    if (word.length < weights.shortest_typo || words[0]?.[0] !== word[0]) return false;
    const replaced = word.length === words[0].length && sorted(word) !== sorted(words[0]);
    const certain = least <= (word.length >= weights.long_typo && !replaced ? 2 : 1) && !isEnglish(word);
    const added = new RegExp(known.added), base = word.replace(added, "");
    const same = word.match(added)?.[0] === words[0].match(added)?.[0];
    return certain && words.every((other) => stem(other) === stem(words[0])) && ((same && least === 1) || base === word || !(isEnglish(base) || times(base)));
  };
  const split = (word) => {
    if (word.length < 5 || word.length > weights.longest_typed || isEnglish(word)) return [];
    const isPart = (half) => (half.length >= weights.shortest_part || /^\d+$/.test(half) || known.short_parts.includes(half)) && times(half);
    const least = (halves) => Math.min(...halves.map((half) => half.length));
    const docs = (half) => [half, `?${half}`].filter((one) => places.has(one)).flatMap((one) => found(places.get(one)).map(([doc]) => doc));
    const beside = ([one, other]) => docs(one).some((doc) => line(doc).includes(` ${one} ${other} `));
    const ends = [...Array(word.length - 3).keys()].map((end) => [word.slice(0, end + 2), word.slice(end + 2)]);
    return ends.filter((halves) => halves.every(isPart) && beside(halves)).sort((one, other) => least(other) - least(one) || times(other[0]) - times(one[0]))[0] || [];
  };
  // Japanese words: with one typo or many of the same pairs of characters, and of known parts.
  const isKatakana = (word) => /^[ァ-ヺー]+$/.test(word);
  const inKatakana = (word) => {
    const katakana = [...word].map((letter) => (/[ぁ-ゖ]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 96) : letter)).join("");
    const its = isKatakana(katakana) && entry(katakana.replace(/(?<=.{3})ー$/u, ""));
    return its ? its.variants.filter((one) => one.kind !== THEME).map((one) => ({ ...one, weight: weights.sound * one.weight, kind: OTHER })) : null;
  };
  const overlapping = (word) => {
    const pairs = new Set([...word].slice(1).map((letter, place) => word[place] + letter));
    if (pairs.size <= weights.shortest_compound - 2 || pairs.size >= weights.longest_typed) return [];
    if (isKatakana(word)) return word.length < weights.shortest_typo ? [] : japanese().filter((other) => distance(word, other, 1) <= 1).map((other) => itself(other));
    const shared = new Map();
    for (const pair of pairs) {
      const have = japanese().filter((other) => other.length > 2 && other.includes(pair)).slice(0, weights.max_longer);
      for (const other of have) shared.set(other, (shared.get(other) || 0) + 1 / pairs.size);
    }
    return [...shared].filter(([other, share]) => share >= weights.overlapping && other.length <= word.length / weights.overlapping)
      .map(([other, share]) => itself(other, weights.overlap * share * share));
  };
  const cost = (part) => {
    if (times(part)) return 1;
    if (isKatakana(part)) return part.length > 2 && entry(part) ? 1 : Infinity;
    return entry(part)?.variants.some((one) => one.weight === weights.synonym) ? 1 : entry(part) ? weights.within_others : Infinity;
  };
  const cut = (word) => {
    if (word.length < weights.shortest_compound || word.length > weights.longest_typed) return [];
    const best = [{ price: 0, parts: [] }]; // of each beginning of the word
    for (let end = 1; end <= word.length; end++) {
      best.push({ price: best[end - 1].price + weights.left_out, parts: best[end - 1].parts });
      for (let start = Math.max(0, end - weights.longest_part); start < end - 1; start++) {
        const part = word.slice(start, end);
        const price = part === word ? Infinity : best[start].price + cost(part);
        if (price < best[end].price) best[end] = { price, parts: [...best[start].parts, part] };
      }
    }
    const { parts } = best[word.length];
    return parts.length > 1 && 3 * parts.join("").length >= 2 * word.length ? parts : [];
  };
  const termOf = cached((typed) => {
    const [word, last] = [typed.trimEnd(), typed.endsWith(" ")]; // the last word is completed sooner
    const its = entry(word);
    const partsOf = () => (isJapanese(word) ? cut(word) : split(word)).map((part) => termOf(part));
    if (its) return term(word, its, its.parts ? partsOf() : [], its.parts === 2 ? weights.apart : 1);
    if (isJapanese(word)) return term(word, standIn(word.length > 1 ? inKatakana(word) || overlapping(word) : []), partsOf());
    const same = inflected(word).map((other) => itself(other, isPlural(word, other) ? weights.plural : weights.derived));
    const begun = completed(word, last).map((other) => itself(other, weights.prefix + (weights.prefix_typed * word.length) / other.length, OTHER));
    const named = same.length ? entry(list[same[0].place]).variants.filter((one) => one.kind !== TYPED) : [];
    if (same.length || begun.length) return term(word, standIn([...same, ...begun, ...named]));
    const [meant] = likely(word).words;
    if (meant && isTypo(word)) {
      const family = (families().get(stem(meant)) || []).slice(0, weights.max_inflected);
      return { ...term(word, standIn([itself(meant), ...family.map((other) => itself(other, isPlural(meant, other) ? weights.plural : weights.derived))])), corrected: [meant] };
    }
    const parts = partsOf();
    return { ...term(word, { variants: [] }, parts), near: parts.length ? [] : (meant ? likely(word) : nearest(word, nameWords())).words.slice(0, weights.max_meant) };
  });
  const termsIn = (typed, query) => {
    const named = (parts) => {
      if (parts.length < 2) return null;
      const [joined, atStop] = [parts.join(""), stop.has(parts[0]) || stop.has(parts.at(-1))];
      const asOne = !atStop && parts.length < 4 && !parts.some(isJapanese);
      const same = !atStop && parts.map(stem).join("") === stem(joined);
      const whole = { variants: (entry(joined)?.variants || []).filter((one) => (one.place === places.get(joined) ? asOne : same && one.kind !== TYPED)) };
      const alike = entry(`=${parts.map(stem).join(" ")}`) || whole;
      const compound = alike.variants.map((one) => (one.kind === TYPED ? { ...one, weight: weights.compound, kind: OTHER } : one));
      return entry(`=${parts.join(" ")}`) || (compound.length ? { ...alike, variants: compound } : null);
    };
    const lengths = [...Array(weights.longest_name + 1).keys()].reverse();
    const terms = [];
    for (let rest = typed; rest.length; ) {
      const parts = lengths.map((length) => rest.slice(0, length)).find(named) || rest.slice(0, 1);
      rest = rest.slice(parts.length);
      const name = named(parts);
      const asTyped = isJapanese(parts[0]) && new RegExp(parts.join("(?:ー|ある|ない|する|した|される|された)?")).test(query);
      const isWhole = asTyped && name?.variants.some((one) => one.kind < NEAR); // 基盤モデル is no 基盤 and モデル
      const content = name && name.parts !== 3 ? parts.filter((part) => !stop.has(part)) : [];
      const its = name && term(parts.join(" "), name, content.map((part) => termOf(part)));
      if (isWhole) for (const one of its.docs.values()) one.answers = one.named || one.filed;
      terms.push(name ? its : termOf(rest.length ? parts[0] : `${parts[0]} `));
    }
    const content = terms.filter((one) => one.parts.length || !(stop.has(one.typed) || (one.typed.length === 1 && isJapanese(one.typed))));
    return content.length ? content : terms;
  };

  // Near in meaning, and of the same themes: as in mltalks.search.likeness. mltalks.render.html.meaning explains how vectors are coded.
  const vectors = cached(() => {
    const { dimensions, levels } = known;
    const coded = new Map();
    for (let from = 0, place = -1; from < known.vectors.length; from += known.width + 1 + dimensions / 2) {
      place += number(known.vectors, from);
      coded.set(list[place], from + known.width);
    }
    const middle = (levels - 1) / 2;
    return (word) => [...Array(coded.has(word) ? dimensions : 0).keys()].map((place) => {
      const pair = number(known.vectors, coded.get(word) + 1 + (place >> 1), 1);
      return number(known.vectors, coded.get(word), 1) * ((place % 2 ? pair % levels : Math.floor(pair / levels)) - middle);
    });
  });
  const meanings = cached(() => Float32Array.from({ length: known.meanings.length / 2 }, (_, place) => number(known.meanings, 2 * place, 2) - known.length));
  const englishOf = cached(() => {
    const names = new Map();
    const next = (from) => number(known.in_english, from * known.width);
    for (let from = 0, place = -1; from * known.width < known.in_english.length; from += 2 + next(from + 1)) {
      place += next(from);
      names.set(list[place], Array.from({ length: next(from + 1) }, (_, one) => list[next(from + 2 + one)]));
    }
    return names;
  });
  const inEnglish = (word) => (isJapanese(word) ? englishOf().get(word) || [] : stop.has(word) ? [] : [word]);
  const similarities = (typed, docs) => {
    const query = new Float32Array(known.dimensions);
    for (const word of typed.flatMap(inEnglish)) vectors()(word).forEach((value, place) => { query[place] += value; });
    const near = docs.map((doc) => query.reduce((total, value, place) => total + value * meanings()[doc * known.dimensions + place], 0));
    const most = Math.max(...near);
    return new Map(docs.map((doc, place) => [doc, most > 0 ? Math.max(0, near[place] / most) : 0]));
  };
  const themesShared = (scores) => {
    const filed = [...scores.keys()].filter((doc) => sessions[doc].h);
    const best = new Set(filed.sort((one, other) => scores.get(other) - scores.get(one)).slice(0, weights.best));
    const shared = new Map();
    filters.theme.forEach((docs, theme) => {
      const weight = known.themes[theme] * sum(docs.filter((doc) => best.has(doc)).map((doc) => scores.get(doc) ** 2));
      for (const doc of weight ? docs : []) shared.set(doc, (shared.get(doc) || 0) + weight);
    });
    const most = Math.max(...[...best].map((doc) => shared.get(doc) || 0));
    return (doc) => (most > 0 ? Math.min(1, (shared.get(doc) || 0) / most) : 0);
  };

  // Without words by which people ask for talks, as in mltalks.text.query_fillers.
  const [fillers, phrases] = [new Set(known.fillers), new Set(known.filler_phrases)];
  const withoutFillers = (typed) => {
    const kept = [];
    for (let rest = typed; rest.length; ) {
      const length = [5, 4, 3, 2].find((count) => rest.length >= count && phrases.has(rest.slice(0, count).join(" "))) || 0;
      if (!length && !fillers.has(rest[0])) kept.push(rest[0]);
      rest = rest.slice(length || 1);
    }
    return kept.some((word) => !stop.has(word)) ? kept : typed;
  };

  // As in mltalks.search.ranking.
  const line = cached((doc) => {
    const { t, w = [], j = [], c = [], s = [], r = "", e, x = "", y = "", q = [], p = [] } = sessions[doc];
    const texts = [t, ...w, ...j, ...c.flatMap((place) => [...new Set(companies[place])]), ...s, r, events[e].join(" "), x, y, ...q, ...p];
    return ` ${texts.map((text) => words(text).join(" ")).join(" \n ")} `;
  });
  const wordScores = (terms, hinted, docs) => {
    const every = [...terms, ...hinted];
    const whole = sum(terms.map((one) => one.telling));
    const scores = new Map(docs.map((doc) => {
      const its = every.map((one) => [one.telling, one.docs.get(doc) || { score: 0, share: 0 }]);
      const share = whole ? Math.min(1, sum(its.map(([telling, one]) => telling * one.share)) / whole) : 0;
      return [doc, sum(its.map(([, one]) => one.score)) * share ** weights.coverage];
    }));
    const inOrder = terms.flatMap((one) => one.typed.split(" "));
    const pairs = inOrder.slice(1).map((word, place) => ` ${inOrder[place]} ${word} `);
    const first = pairs.length ? [...docs].sort((one, other) => scores.get(other) - scores.get(one)).slice(0, weights.neighbours) : [];
    for (const doc of first) {
      scores.set(doc, scores.get(doc) * (1 + (weights.adjacent * pairs.filter((pair) => line(doc).includes(pair)).length) / pairs.length));
    }
    return scores;
  };
  const namesIn = (term) => {
    if (term.corrected || /^\S \S$/u.test(term.typed)) return term.corrected || [term.typed]; // a verbal noun
    const apart = term.typed.split(" ");
    return apart.some((word) => word.length === 1 && isJapanese(word)) ? term.parts.map((part) => part.typed) : apart;
  };
  const scored = (terms, hinted, docs) => {
    const scores = wordScores(terms, hinted, docs);
    const best = Math.max(...scores.values());
    if (!(best > 0)) return scores;
    for (const [doc, score] of scores) scores.set(doc, score / best);
    const first = [...docs].sort((one, other) => scores.get(other) - scores.get(one)).slice(0, weights.reranked);
    const typed = terms.flatMap(namesIn);
    if (typed.length < 2) return scores;
    for (const [doc, near] of similarities(typed, first)) scores.set(doc, scores.get(doc) + weights.meaning * near);
    const shared = themesShared(new Map(first.map((doc) => [doc, scores.get(doc)])));
    for (const doc of first) scores.set(doc, scores.get(doc) + weights.themes * shared(doc));
    return scores;
  };
  const noticesOf = (term) => {
    if (term.corrected) return [say("corrected", { word: term.typed, corrected: term.corrected.join(", ") })];
    if (term.variants.length && term.parts.length) return [];
    if (term.parts.length) return term.parts.flatMap(noticesOf);
    if ([...term.docs.values()].some((its) => its.answers)) return [];
    if (term.typed.length === 1 && isJapanese(term.typed)) return [say("short", { word: term.typed })];
    const near = term.variants.length ? term.variants.slice(0, 3).map((one) => list[one.place]) : term.near || [];
    return [say(!near.length ? "unknown" : term.variants.length ? "meant" : "alike", { word: term.typed, near: near.join(", ") })];
  };
  // As in mltalks.search.expansion.descriptions: each thing by the description of which most is typed.
  const described = (typedStems) => {
    const best = new Map();
    for (const [stems, its] of hints()) {
      const said = stems.filter((one) => typedStems.has(one)).length;
      const share = said / stems.length;
      if (said < weights.described_words || share < weights.described_share) continue;
      if (share > (best.get(its)?.share || 0)) best.set(its, { share, typed: stems.join(" ") });
    }
    return [...best].map(([its, { share, typed }]) =>
      term(typed, { ...its, variants: its.variants.map((one) => ({ ...one, weight: one.weight * share ** 2 })) }),
    );
  };
  const search = (query, allowed, distant) => {
    const typed = withoutFillers(units(query)).slice(0, weights.most_words);
    if (!typed.length) return { docs: allowed, total: allowed.length, notices: [], terms: [] };
    const terms = termsIn(typed, folded(query));
    const typedStems = new Set(typed.flatMap((word) => word.split(" ")).map(stem));
    const hinted = typed.length > 1 ? described(typedStems) : [];
    const docs = allowed.filter((doc) => terms.some((one) => one.docs.get(doc)?.answers));
    const scores = scored(terms, hinted, docs);
    const far = weights.far_behind * Math.max(...scores.values());
    const close = docs.filter((doc) => distant || scores.get(doc) >= far || terms.every((one) => one.docs.get(doc)?.literal));
    const year = (doc) => events[sessions[doc].e][2];
    const rounded = (doc) => Math.round(scores.get(doc) * 1e6);
    const saysIt = (doc) => typed.length === 1 && Boolean(terms[0].docs.get(doc)?.found); // not only filed under its theme
    close.sort((one, other) => saysIt(other) - saysIt(one) || rounded(other) - rounded(one) || year(other) - year(one) || one - other);
    return { docs: close, total: docs.length, notices: [...new Set(terms.flatMap(noticesOf))], terms };
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
  // One pattern for all sessions that are shown: to compile one takes a millisecond.
  const markerOf = (docs, terms) => {
    const texts = new Set(docs.flatMap((doc) => terms.flatMap((one) => one.docs.get(doc)?.texts || [])));
    const patterns = (some) => [...texts].filter((one) => one.length > 1 && isJapanese(one) === some).map((one) => one.replace(/ /g, "[\\s-]+")).join("|");
    const either = [patterns(true), patterns(false) && `(?<![\\p{L}\\p{N}])(?:${patterns(false)})(?![\\p{L}\\p{N}])`].filter(Boolean);
    const pattern = either.length ? new RegExp(`(${either.join("|")})`, "giu") : null;
    return (text) => (pattern ? text.split(pattern).map((part, place) => (place % 2 ? made("mark", part) : part)) : [text]);
  };
  const says = (text, its) => its.texts.some((one) => (isJapanese(one)
    ? folded(text).replace(/\s/g, "").includes(one) : ` ${words(text).join(" ")} `.includes(` ${one} `)));
  // Why a session is found by a term: what stands for it, and where that is written if the hit does not show it.
  const reason = (session, its, visible) => {
    const { w = [], j = [], q = [], p = [], r = "", x = "", y = "", h = [] } = session;
    const text = its.texts[0];
    if (!text) return its.filed ? `${say("theme")}: ${h.map((place) => inLang(themes[place])).join("; ")}` : "";
    const stands = its.literal || text.startsWith(its.typed) ? "" : say("stands", { text, query: its.typed });
    if (says(visible, its)) return stands;
    const fields = [["keywords", inLang([[...w, ...j], [...j, ...w]])], ["track", [r]], ["answers", inLang([[...q, ...p], [...p, ...q]])], ["summary", [x, y]]];
    for (const [name, values] of fields) {
      const written = values.find((one) => says(one, its));
      if (written) return `${say(name)}: ${written}${stands && ` (${stands})`}`;
    }
    return stands;
  };
  const item = (doc, terms, marked) => {
    const session = sessions[doc];
    const its = terms.map((one) => ({ typed: one.typed, texts: [], ...one.docs.get(doc) }));
    const links = session.l || {};
    const address = links.url || links.paper;
    const comma = lang === "ja" ? "、" : ", ";
    const facts = [events[session.e][0], inLang(kinds[session.k]), (session.c || []).map((place) => inLang(companies[place])).join(comma),
      (session.h || []).map((place) => inLang(themes[place])).join(comma)].filter(Boolean);
    const summary = inLang([session.x || session.y, session.y || session.x]);
    const speakers = [...(session.s || [])].sort((one, other) => its.some((its) => says(other, its)) - its.some((its) => says(one, its)));
    const by = speakers.slice(0, SPEAKERS).join(comma) + (speakers.length > SPEAKERS ? ` +${speakers.length - SPEAKERS}` : "") + (session.o ? ` ${say("others")}` : "");
    const visible = [session.t, by, ...facts, summary].join(" \n ");
    const why = its.map((one) => reason(session, one, visible)).filter(Boolean).slice(0, 4);
    const href = address ? { href: address } : {};
    const parts = [
      made("div", made(address ? "a" : "span", marked(session.t), { ...href, lang: /[ぁ-ヿ一-鿿]/.test(session.t) ? "ja" : "en" }), { class: "title" }),
      made("p", facts.map((fact) => made("span", fact)), { class: "about" }),
    ];
    if (by) parts.push(made("p", marked(by), { class: "by" }));
    const leads = ["slides", "paper", "video", "url"].filter((name) => links[name])
      .map((name) => made("a", say(name), { href: links[name], "aria-label": `${say(name)}: ${session.t}` }));
    if (leads.length) parts.push(made("p", leads.flatMap((lead) => [lead, " "]), { class: "links" }));
    if (why.length) parts.push(made("p", why.join("; "), { class: "by" }));
    if (summary) parts.push(made("p", marked(summary), { class: "by", lang: summary === session.y ? "ja" : "en" }));
    const questions = inLang([session.q || session.p, session.p || session.q]) || [];
    if (questions.length) {
      const asked = questions.map((one) => made("p", marked(one), { lang: questions === session.p ? "ja" : "en" }));
      parts.push(made("details", [made("summary", say("answers")), ...asked], { class: "by" }));
    }
    return made("li", parts, { "data-id": session.i });
  };
  const update = (count) => {
    const query = at("query").value.trim();
    const chosen = Object.keys(filters).map((name) => filters[name][at(`by-${name}`).value]).filter(Boolean).map((docs) => new Set(docs));
    const asked = query || chosen.length;
    const allowed = [...sessions.keys()].filter((doc) => chosen.every((docs) => docs.has(doc)));
    const { docs, total, notices, terms } = search(query, allowed, distant);
    shown = count ?? (asked ? STEP : 0);
    at("status").textContent = say(
      docs.length < total ? "close" : docs.length === 1 ? "one" : !docs.length ? "none" : asked ? "found" : "unasked", { count: docs.length });
    at("distant").hidden = docs.length === total;
    at("distant").textContent = say("distant", { total });
    at("notice").textContent = notices.join(" ");
    at("notice").hidden = !notices.length;
    const some = docs.slice(0, shown);
    const marked = markerOf(some, terms);
    at("found").replaceChildren(...some.map((doc) => item(doc, terms, marked)));
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
  // The search in the address, after "#?": to be shared, and for the button that leads back.
  const settings = () => {
    const chosen = Object.keys(filters).map((name) => [name, at(`by-${name}`).selectedOptions[0].dataset.value || ""]);
    const all = [["q", at("query").value.trim()], ...chosen, ["all", distant ? "1" : ""], ["lang", lang === pageLang ? "" : lang]];
    return new URLSearchParams(all.filter(([, value]) => value)).toString();
  };
  const keep = (again) => {
    const hash = `#?${settings()}`;
    if (hash === location.hash || (hash === "#?" && !location.hash)) return;
    history[again ? "replaceState" : "pushState"](null, "", hash);
  };
  const restore = () => {
    if (location.hash && !location.hash.startsWith("#?")) return;
    const kept = new URLSearchParams(location.hash.slice(2));
    at("query").value = kept.get("q") || "";
    for (const name of Object.keys(filters)) {
      const options = [...at(`by-${name}`).options];
      at(`by-${name}`).value = options.find((one) => one.dataset.value === kept.get(name))?.value || "";
    }
    distant = kept.has("all");
    shown = undefined;
    speak(["en", "ja"].includes(kept.get("lang")) ? kept.get("lang") : pageLang);
  };
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);
  const paint = () => at("to-dark").setAttribute("aria-pressed", String(isDark()));

  at("query").addEventListener("input", () => {
    distant = false;
    update();
    keep(Date.now() - typedAt < 1500); // one step back for each pause
    typedAt = Date.now();
  });
  at("distant").addEventListener("click", () => {
    distant = true;
    update(shown);
    keep();
    at("query").focus();
  });
  for (const name of Object.keys(filters)) at(`by-${name}`).addEventListener("change", () => {
    update();
    keep();
  });
  at("more").addEventListener("click", () => {
    const before = shown;
    update(shown + STEP);
    at("found").children[before]?.querySelector("a")?.focus();
  });
  for (const one of ["en", "ja"]) at(`to-${one}`).addEventListener("click", () => {
    speak(one);
    keep(true);
  });
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
      distant = false;
      update();
      keep();
    }
  });
  addEventListener("popstate", restore);
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("main:not([hidden]) details")) one.open = true;
  });
  at("search").hidden = !sessions.length;
  at("tools").hidden = false;
  restore();
  if (location.hash && !location.hash.startsWith("#?")) speak(lang);
  paint();
  const soon = window.requestIdleCallback || setTimeout;
  for (const needed of [families, hints, subjects, japanese, vectors, meanings, englishOf, english]) soon(() => needed());
})();

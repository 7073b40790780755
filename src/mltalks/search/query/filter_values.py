"""The values of filters: in their normal spelling, or an error that says what to write.

Does not read queries: `parser` does, and does not look up names: `matcher` does.
"""

import re

from mltalks.errors import QueryError
from mltalks.messages import excerpt
from mltalks.search.query import fields
from mltalks.text.folding import fold
from mltalks.text.fuzzy import nearest

_MONTH = re.compile(r"([0-9]{4})(?:[-/.]|年)(?:0?[1-9]|1[0-2])(?![0-9])(?:[-/.月][0-9]{1,2}日?|月)?")


def doi_of(text: str) -> str | None:
    """Return the key of a DOI as it is pasted, also with a full stop after it; None if a text is none."""
    from mltalks.dataset.values import doi_key  # 1 ms that other queries need not pay

    return doi_key(text.rstrip(".;:"))


def compared_years_of(name: str, sign: str, value: str, typed: str) -> str:
    """Return the years that a comparison with a year names; `typed` is the name of the field as typed, for errors.

    Raises QueryError: another field is compared, or with what is no year.
    """
    year = fields.plain_years(fold(value))
    if name == "year" and (months := _MONTH.fullmatch(fold(value))):
        wider = ">" if set(sign) & set(">≥≧") else "<" if set(sign) & set("<≤≦") else ""
        template = "{field}{sign}{value}: a query knows years, not months or days; write {years}"
        years = f"NOT year:{months[1]}" if sign in ("!=", "<>") else f"year{wider}={months[1]}"
        raise QueryError(template, field=typed, sign=sign, value=excerpt(value), years=years)
    if sign in ("!=", "<>"):
        template = "{field}{sign}{value}: to leave these out, write NOT {field}:{value}"
    elif name == fields.SINCE and ">" not in sign:
        template = "{field}{sign}{value}: since has the years from one on; write year{sign}{value}"
    elif name in fields.TEXT_FIELDS:
        template = "{field}{sign}{value}: only years can be compared; put it in quotes to search for the text"
    elif name not in ("year", fields.SINCE):
        template = "{field}{sign}{value}: only years can be compared; write {field}:{value}, or put it in quotes to search for the text"
    elif re.fullmatch("[0-9]{4}", year):
        return fields.compared_years(sign, year)
    else:
        template = "{field}{sign}{value}: compare with one year, as in year>=2019"
    raise QueryError(template, field=name, sign=sign, value=excerpt(value))


def years_since(value: str) -> str:
    """Return the years from one on, of which the dots may be typed: `since:2019` or `since:2019..`."""
    year = checked_value("year", value, fields.SINCE).removesuffix("..")
    if ".." in year:
        template = "since:{value} is not one year; write since:2019 or year:2019..2021"
        raise QueryError(template, value=excerpt(value))
    return f"{year}.."


def checked_value(name: str, value: str, typed: str | None = None) -> str:
    """Return a value of a filter in its normal spelling; `typed` is the name of the field as typed, for errors.

    Raises QueryError: it is blank, or the field does not allow it.
    """
    typed = typed or name
    if not value.strip():
        raise QueryError("{field}: needs a value right after it", field=typed)
    if name == "year":
        return _checked_years(value, typed)
    if name == "doi":
        start = fold(value)
        doi = start if re.fullmatch(r"10\.[\d.]*\*", start) else doi_of(value)
        if doi is None:
            raise QueryError(
                "doi:{value} is not a DOI; write it like doi:10.1145/3533378", value=excerpt(value)
            )
        return doi
    if name in fields.CHOICES:
        exact = fields.exact_choice(name, value)
        if exact is None and (denied := fields.negated_choice(name, value)):
            template = "{field}:{value}: to leave these out, write NOT {field}:{choice}"
            raise QueryError(template, field=typed, value=excerpt(value), choice=denied)
        if exact is None and fields.corrected_choice(name, value) is None:
            raise QueryError(
                "{field}:{value} is not one of {choices}",
                field=typed,
                value=excerpt(value),
                choices=fields.choices_of(name),
                nearest=nearest(value, fields.CHOICES[name]),
            )
        wider = exact is not None and name == "kind" and any(fields.wider_kind(value, exact))
        return value if wider or exact is None else exact  # `matcher` reads the others, with a notice
    return value


def _checked_years(value: str, field: str) -> str:
    years = fields.plain_years(fold(value))
    last, dots, first = years.partition("..")
    if dots and first and last and first < last and fields.year_range(f"{first}..{last}"):
        template = "{field}:{value} runs backwards; write year:{first}..{last}"
        raise QueryError(template, field=field, value=excerpt(value), first=first, last=last)
    if fields.year_range(years) is None:
        of_months = fields.plain_years(_MONTH.sub(r"\1", fold(value)))
        known = fields.year_range(of_months) is not None
        template = (
            "{field}:{value}: a query knows years, not months or days; write {field}:{year}"
            if known
            else "{field}:{value} is not a year; write {field}:2019, year:2019..2021 or year:2024.."
        )
        more = {"year": of_months} if known else {}
        raise QueryError(template, field=field, value=excerpt(value), **more)
    return years

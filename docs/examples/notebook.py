# %% [markdown]
# # What is presented about LLM inference?
# A survey in cells: JupyterLab (with jupytext) and Visual Studio Code open this file as a notebook. It needs pandas.

# %%
import mltalks

cat = mltalks.open()

# %% [markdown]
# ## Find the subject
# A search, and the theme under which most of its talks are filed.

# %%
found = cat.search("LLM inference serving", limit=20)
print(found.total, "talks;", [notice.text() for notice in found.notices])
hits = found.to_pandas()
print(hits[["id", "year", "score"]].head())
themes = hits["themes"].explode().value_counts()
theme = themes.index[0]
print("theme:", theme)

# %% [markdown]
# ## Is it rising?

# %%
trend = cat.trend(theme)
print(trend.values[0].change, "p =", trend.values[0].p)
years = trend.to_pandas().set_index("value").loc[theme, [year.year for year in trend.years]]
print(years)

# %% [markdown]
# ## Who presents what?

# %%
table = cat.crosstab("company", "theme", f"theme:{theme} year:2024..").to_pandas()
print(table.loc[table.sum(axis=1).nlargest(5).index, table.sum().nlargest(4).index])

# %% [markdown]
# ## Read on
# The talks nearest to the best hit, and what they share.

# %%
best = found.hits[0].session
near = cat.related(best.id, limit=5).to_pandas()
print(best.title)
print(near[["id", "shared"]])

# %%
cat.close()

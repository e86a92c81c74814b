"""The catalogue of closed forms: the quantities that are listed, and the page of what the program finds for them.

Main definitions
----------------
* `symentropy.catalogue.entry`: `Entry`, a quantity with exact parameters for its check.
* `symentropy.catalogue.entropies` and `symentropy.catalogue.divergences`: the entries.
* `symentropy.catalogue.page`: the page, as Markdown.

No formula stands here: the engine finds them, and the page shows what it found.
"""

"""Writing the corpus folder and what is made from it.

* :mod:`tasks.emit.jsonl`: the line files, and reading them back
* :mod:`tasks.emit.corpus`: a corpus folder as streams of records
* :mod:`tasks.emit.exports`: TSV, Moses, TMX, Parquet and article files, with one selection
* :mod:`tasks.emit.report`: the side-by-side pages a person opens first
* :mod:`tasks.emit.card`: the dataset card
* :mod:`tasks.emit.summary`: the counts of a corpus, and what they say in words
* :mod:`tasks.emit.manifest`: digests, signature, verification

Everything is a function of the line files: exports and report can be made again from a published
folder at any time, and give the same bytes.
"""

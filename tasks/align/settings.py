"""Settings of sentence alignment."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignSettings:
    """Weights and limits of the aligner; see ``docs/alignment.md`` for what each was worth."""

    weight_en: float = 0.58  # of the likelihood ratio of the English tokens given the Chinese
    weight_zh: float = 0.31  # of the Chinese tokens given the English
    kappa: float = 0.5  # how far a translation counts against the unigram
    weight_length: float = 0.81
    length_variance: float = 6.8  # of English characters per Chinese character (Gale-Church s2)
    length_cap: float = 40.0  # largest squared deviation
    weight_edges: float = 1.2  # of the mutual information of first and last marks
    null_open: float = -4.0  # opening a run of sentences without counterpart
    null_credit: float = 0.0  # beside half the score of a chance pair, for each of its sentences
    rounds: int = 1  # of self-training
    min_self_training: int = 60  # sentences of the shorter side; below it only one pass is made
    prior_mass: float = 13.0  # weight of the lexicon in self-training, in tokens
    discount: float = 1.6  # taken off the expected count of a token pair in self-training
    iterations: int = 4  # of EM in self-training
    band: int = 10  # columns on either side of the first pass that the second one may use
    temperature: float = 1.0  # scores are divided by it before they become probabilities

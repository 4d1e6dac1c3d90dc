"""Settings of sentence alignment."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignSettings:
    """Weights and limits of the aligner; see ``docs/alignment.md`` for what each was worth."""

    weight_en: float = 0.7  # of the likelihood ratio of the English tokens given the Chinese
    weight_zh: float = 0.5  # of the Chinese tokens given the English
    kappa: float = 0.5  # how far a translation counts against the unigram
    weight_length: float = 1.0
    length_variance: float = 6.8  # of the length, in English characters (Gale-Church s2)
    length_cap: float = 40.0  # largest squared deviation
    weight_edges: float = 0.8  # of the mutual information of first and last marks
    weight_structure: float = 2.0  # of the fit of blocks, where both sides have them
    weight_order: float = 1.0  # of the order of the tokens
    order_share: float = 0.6  # of a link's ratio that depends on the places of its tokens
    order_decay: float = 4.0  # how fast it falls with their distance, over the length of the bead
    candidate: float = 0.002  # probability above which a bead is looked at for its order
    weight_translation: float = 0.25  # of the words shared with a machine translation
    null_open: float = -6.0  # opening a run of sentences without counterpart
    null_credit: float = 0.0  # for each of its sentences, beside the gain of a chance pair
    null_strength: float = 6.0  # gain of the best pairs below which nulls are doubted
    null_doubt: float = 5.0  # taken off the credit where the best pairs gain nothing
    rounds: int = 2  # of self-training
    certain: float = 0.95  # probability of all beads of a pass from which nothing more is learned
    min_self_training: int = 15  # sentences of the shorter side; below it only one pass is made
    prior_mass: float = 30.0  # weight of the lexicon in self-training, in tokens
    discount: float = 0.2  # taken off the expected count of a token pair after the last of them
    unigram_mass: float = 20000.0  # tokens that the lexicon's frequencies weigh in self-training
    first_guess: float = 0.05  # t of a pair without link before the first iteration, times p
    most_pairs: int = 6_000_000  # token pairs learned from; of more, an even sample
    iterations: int = 4  # of EM in self-training
    full_band: int = 40  # sentences of the longer side up to which all pairs of them are compared
    min_chain: int = 15  # sentences of the shorter side from which runs are tried near a chain only
    chain: int = 4  # columns on either side of the chain that they may use, and nulls at most
    first_band: int = 8  # columns beside the anchors that the first pass may use
    band: int = 8  # columns on either side of the first pass that the second one may use
    moved: float = 0.8  # gain of a bead in another order, as a share of that of the best pairs
    low_score: float = 0.3  # probability below which a bead is flagged
    length_outlier: float = 12.0  # squared deviation of lengths from which a bead is flagged
    temperature: float = 2.0  # scores are divided by it before they become probabilities

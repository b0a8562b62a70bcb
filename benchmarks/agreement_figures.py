"""How well a score agrees with a truth, in the figures that ``agreement.py`` prints."""

from __future__ import annotations

from itertools import combinations

import numpy as np

Figures = tuple[float, float, float]


def rank(values: np.ndarray) -> np.ndarray:
    """Return ranks, equal values sharing their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[inverse]


def spearman(left: np.ndarray, right: np.ndarray) -> float:
    """Return Spearman's correlation; 0 where one side is constant."""
    left, right = rank(left), rank(right)
    if left.std() == 0 or right.std() == 0:
        return 0.0
    return float(np.corrcoef(left, right)[0, 1])


def auc(score: np.ndarray, is_good: np.ndarray) -> float:
    """Return how often a good row has a higher score than a bad one; ties count a half.

    >>> auc(np.array([1.0, 2.0, 3.0, 3.0]), np.array([False, True, False, True]))
    0.625
    """
    good, bad = score[is_good], score[~is_good]
    return float((np.sign(good[:, None] - bad[None, :]) + 1).mean() / 2)


def worst_tenth(score: np.ndarray, truth: np.ndarray) -> float:
    """Return which share of the tenth with the lowest score is in the tenth of the lowest truth."""
    count = max(1, len(score) // 10)
    low = set(np.argsort(score, kind="stable")[:count].tolist())
    return len(low & set(np.argsort(truth, kind="stable")[:count].tolist())) / count


def pair_accuracy(score: np.ndarray, truth: np.ndarray) -> float:
    """Return how often the better of two engines' translations of a sentence has the better score.

    Args:
        score: Engines by sentences.
        truth: The same shape; pairs of equal truth are left out, equal scores count a half.
    """
    right = total = 0.0
    for one, other in combinations(range(len(score)), 2):
        differs = truth[one] != truth[other]
        agreement = np.sign(score[one] - score[other]) * np.sign(truth[one] - truth[other])
        right += float(((agreement + 1) / 2)[differs].sum())
        total += float(differs.sum())
    return right / total


def figures(score: np.ndarray, truth: np.ndarray) -> Figures:
    """Return the three figures of a score, given as engines by sentences."""
    return (
        within(score, truth),
        float(np.mean([worst_tenth(s, t) for s, t in zip(score, truth, strict=True)])),
        pair_accuracy(score, truth),
    )


def within(score: np.ndarray, truth: np.ndarray) -> float:
    """Return the mean over engines of Spearman's correlation."""
    return float(np.mean([spearman(s, t) for s, t in zip(score, truth, strict=True)]))

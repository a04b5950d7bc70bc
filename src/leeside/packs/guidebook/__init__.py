"""The law of a pack: dated rules, the terms that follow from them, sources and worked situations, as typed values.

One file is one rule, with its words, its examples and its review, so that a lawyer has everything in one place. The
package reads and checks; what follows for a person on a day is asked of `leeside.guide`.
"""

//! Patterns as small programs, and what runs them over a sentence.

use rustc_hash::FxHashMap;

use super::anchor;
use super::pattern::{Node, Sign};
use super::token::{Boundary, Token};
use super::vocabulary::WordId;

/// A set of words, shared by all patterns that name it.
type ClassId = u32;

/// One step of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// Takes this word.
    Word(WordId),
    /// Takes a word of this class.
    Class(ClassId),
    /// Takes any word.
    Any,
    /// Goes on only if the next word is of this class; takes nothing.
    Peek(ClassId),
    /// Tries the first place, then the second.
    Split(u32, u32),
    /// Goes on there.
    Jump(u32),
    /// A comma may follow.
    Comma,
    /// What stands in between may not match here; goes on there.
    Not(u32),
    /// The word before is of this class, or is not.
    Behind(ClassId, bool),
    /// See [`Sign`].
    Sign(Sign),
    /// It matches.
    Match,
}

/// All programs of one language with the classes that they share.
#[derive(Debug, Default)]
pub(super) struct Programs {
    steps: Vec<Step>,
    starts: Vec<u32>,
    classes: Vec<Vec<u64>>,
    known: FxHashMap<Vec<WordId>, ClassId>,
    /// Pattern → the words that it can begin with, where that is certain.
    firsts: Vec<Option<ClassId>>,
    /// Pattern → how many tokens it takes at most.
    longest: Vec<usize>,
    /// Word → the patterns that cannot match without it (or another of the same class) near their beginning.
    by_word: Vec<Vec<Anchored>>,
    /// Patterns that may match without any certain word.
    always: Vec<PatternId>,
    /// Words before which a clause may begin without a comma.
    conjunctions: Option<ClassId>,
}

/// The number of a pattern.
pub(super) type PatternId = u32;

/// A pattern that needs a word, and how far that stands from its beginning, as in [`anchor::Anchor`].
#[derive(Debug, Clone, Copy)]
struct Anchored {
    pattern: PatternId,
    least: i32,
    most: i32,
}

/// Where in a sentence a pattern may begin to match; it cannot elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Chance {
    /// The pattern.
    pub pattern: PatternId,
    /// The first such token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
}

/// A sentence as the programs see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Whether it ends in a question mark.
    pub question: bool,
}

/// How many steps one attempt may take before it is given up: no pattern of ours comes near.
const PATIENCE: u32 = 20_000;

impl Programs {
    /// Sets the words before which a clause may begin without a comma.
    pub fn set_conjunctions(&mut self, words: Vec<WordId>) {
        self.conjunctions = Some(self.class(words));
    }

    fn class(&mut self, words: Vec<WordId>) -> ClassId {
        if let Some(id) = self.known.get(&words) {
            return *id;
        }
        let last = words.iter().map(|word| word.index()).max().unwrap_or(0);
        let mut bits = vec![0_u64; last / 64 + 1];
        for word in &words {
            bits[word.index() / 64] |= 1 << (word.index() % 64);
        }
        let id = ClassId::try_from(self.classes.len()).unwrap_or(ClassId::MAX);
        self.classes.push(bits);
        self.known.insert(words, id);
        id
    }

    /// Adds a pattern. With `reach`, a gap at its end takes as many words as it may: an exception covers all it can.
    pub fn add(&mut self, node: &Node, reach: bool) -> PatternId {
        let id = PatternId::try_from(self.starts.len()).unwrap_or(PatternId::MAX);
        self.starts.push(self.here());
        match node {
            Node::Seq(nodes) if reach => {
                let (last, first) = nodes.split_last().map_or((None, nodes.as_slice()), |(l, f)| (Some(l), f));
                first.iter().for_each(|node| self.compile(node));
                match last {
                    Some(Node::Gap(most, over)) => self.gap(*most, *over, true),
                    Some(node) => self.compile(node),
                    None => {}
                }
            }
            node => self.compile(node),
        }
        self.steps.push(Step::Match);
        self.know(id, node);
        id
    }

    /// Notes what saves attempts at the pattern `id`.
    fn know(&mut self, id: PatternId, node: &Node) {
        let first = anchor::first(node).map(|mut words| {
            words.sort_unstable();
            words.dedup();
            self.class(words)
        });
        self.firsts.push(first);
        self.longest.push(usize::try_from(anchor::length(node).1).unwrap_or(usize::MAX));
        let Some(anchor) = anchor::rarest(node) else {
            self.always.push(id);
            return;
        };
        for word in anchor.words {
            if self.by_word.len() <= word.index() {
                self.by_word.resize_with(word.index() + 1, Vec::new);
            }
            self.by_word[word.index()].push(Anchored { pattern: id, least: anchor.least, most: anchor.most });
        }
    }

    fn here(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(u32::MAX)
    }

    /// Leaves room for a step that is known later.
    fn leave(&mut self) -> usize {
        self.steps.push(Step::Match);
        self.steps.len() - 1
    }

    fn compile(&mut self, node: &Node) {
        match node {
            Node::Class(words) if words.len() == 1 => self.steps.push(Step::Word(words[0])),
            Node::Class(words) => {
                let class = self.class(words.clone());
                self.steps.push(Step::Class(class));
            }
            Node::Any => self.steps.push(Step::Any),
            Node::Seq(nodes) => nodes.iter().for_each(|node| self.compile(node)),
            Node::Alt(options) => self.options(options),
            Node::Repeat(inner, most) => self.repeat(*most, true, &mut |programs| programs.compile(inner)),
            Node::Gap(most, over) => self.gap(*most, *over, false),
            Node::Not(inner) => {
                let at = self.leave();
                self.compile(inner);
                self.steps.push(Step::Match);
                self.steps[at] = Step::Not(self.here());
            }
            Node::Behind(words) => {
                let class = self.class(words.clone());
                self.steps.push(Step::Behind(class, true));
            }
            Node::NotBehind(words) => {
                let class = self.class(words.clone());
                self.steps.push(Step::Behind(class, false));
            }
            Node::Sign(Sign::Comma) => self.steps.push(Step::Comma),
            Node::Sign(sign) => self.steps.push(Step::Sign(*sign)),
        }
    }

    fn gap(&mut self, most: u8, over: bool, greedy: bool) {
        self.repeat(most, greedy, &mut |programs| {
            if over {
                programs.steps.push(Step::Comma);
            }
            programs.steps.push(Step::Any);
        });
        // After a gap that may go over a comma the next word may follow one too.
        if over {
            self.steps.push(Step::Comma);
        }
    }

    /// `inner` up to `most` times: as often as possible if `greedy`, else as seldom as possible.
    fn repeat(&mut self, most: u8, greedy: bool, inner: &mut dyn FnMut(&mut Self)) {
        let mut splits = Vec::new();
        for _ in 0..most {
            splits.push(self.leave());
            inner(self);
        }
        let end = self.here();
        for at in splits {
            let next = u32::try_from(at + 1).unwrap_or(u32::MAX);
            self.steps[at] = if greedy { Step::Split(next, end) } else { Step::Split(end, next) };
        }
    }

    fn options(&mut self, options: &[Node]) {
        let first = options.iter().try_fold(Vec::new(), |mut all, node| {
            all.extend(anchor::first(node)?);
            Some(all)
        });
        if let Some(mut words) = first {
            words.sort_unstable();
            words.dedup();
            let class = self.class(words);
            self.steps.push(Step::Peek(class));
        }
        let mut jumps = Vec::new();
        for (at, node) in options.iter().enumerate() {
            if at + 1 == options.len() {
                self.compile(node);
            } else {
                let split = self.leave();
                self.compile(node);
                jumps.push(self.leave());
                let next = u32::try_from(split + 1).unwrap_or(u32::MAX);
                self.steps[split] = Step::Split(next, self.here());
            }
        }
        let end = self.here();
        for at in jumps {
            self.steps[at] = Step::Jump(end);
        }
    }

    /// Puts into `chances` where patterns may begin to match in `view`: by pattern, then by place, without overlap.
    pub fn chances(&self, view: View<'_>, chances: &mut Vec<Chance>) {
        chances.clear();
        let count = view.tokens.len();
        chances.extend(self.always.iter().map(|pattern| Chance { pattern: *pattern, from: 0, to: count }));
        for (at, token) in view.tokens.iter().enumerate() {
            for anchored in self.by_word.get(token.word.index()).into_iter().flatten() {
                // A word that stands too early for any beginning gives an empty range.
                let from = before(at, anchored.most).unwrap_or(0);
                let to = before(at, anchored.least).map_or(0, |last| (last + 1).min(count));
                if from < to && (to - from > 1 || self.begins(anchored.pattern, view, from)) {
                    chances.push(Chance { pattern: anchored.pattern, from, to });
                }
            }
        }
        chances.sort_unstable();
        chances.dedup_by(|next, kept| {
            let joins = next.pattern == kept.pattern && next.from <= kept.to;
            if joins {
                kept.to = kept.to.max(next.to);
            }
            joins
        });
    }

    /// How many tokens `pattern` takes at most.
    pub fn longest(&self, pattern: PatternId) -> usize {
        self.longest.get(pattern as usize).copied().unwrap_or(usize::MAX)
    }

    /// Whether the word at `at` is one with which `pattern` can begin.
    fn begins(&self, pattern: PatternId, view: View<'_>, at: usize) -> bool {
        match self.firsts.get(pattern as usize) {
            Some(Some(class)) => view.tokens.get(at).is_some_and(|token| self.holds(*class, token.word)),
            _ => true,
        }
    }

    /// Where `pattern` ends if it matches from the token `at` on.
    pub fn matches(&self, pattern: PatternId, view: View<'_>, at: usize, stack: &mut Stack) -> Option<usize> {
        if !self.begins(pattern, view, at) {
            return None;
        }
        let start = *self.starts.get(pattern as usize)?;
        let mut patience = PATIENCE;
        stack.clear();
        self.run(start, view, at, true, stack, &mut patience)
    }

    fn run(
        &self,
        start: u32,
        view: View<'_>,
        at: usize,
        free: bool,
        stack: &mut Stack,
        patience: &mut u32,
    ) -> Option<usize> {
        let base = stack.len();
        stack.push((start, at, free));
        while stack.len() > base {
            let (mut step, mut at, mut free) = stack.pop()?;
            loop {
                *patience = patience.checked_sub(1)?;
                let next = step + 1;
                let goes_on = match self.steps.get(step as usize)? {
                    Step::Match => {
                        stack.truncate(base);
                        return Some(at);
                    }
                    Step::Jump(to) => {
                        step = *to;
                        continue;
                    }
                    Step::Split(one, other) => {
                        stack.push((*other, at, free));
                        step = *one;
                        continue;
                    }
                    Step::Not(to) => {
                        if self.run(next, view, at, free, stack, patience).is_some() {
                            break;
                        }
                        step = *to;
                        continue;
                    }
                    Step::Comma => {
                        free = true;
                        step = next;
                        continue;
                    }
                    Step::Peek(class) => {
                        if !view.tokens.get(at).is_some_and(|token| self.holds(*class, token.word)) {
                            break;
                        }
                        step = next;
                        continue;
                    }
                    Step::Behind(class, wanted) => {
                        let is = at > 0 && self.holds(*class, view.tokens[at - 1].word);
                        if is != *wanted {
                            break;
                        }
                        step = next;
                        continue;
                    }
                    Step::Sign(sign) => {
                        if !self.sign(*sign, view, at) {
                            break;
                        }
                        step = next;
                        continue;
                    }
                    Step::Word(word) => view.tokens.get(at).is_some_and(|token| token.word == *word),
                    Step::Class(class) => view.tokens.get(at).is_some_and(|token| self.holds(*class, token.word)),
                    Step::Any => at < view.tokens.len(),
                };
                if !goes_on || !(free || view.tokens[at].before == Boundary::None) {
                    break;
                }
                at += 1;
                free = false;
                step = next;
            }
        }
        None
    }

    fn holds(&self, class: ClassId, word: WordId) -> bool {
        let bits = &self.classes[class as usize];
        bits.get(word.index() / 64).is_some_and(|bits| bits >> (word.index() % 64) & 1 == 1)
    }

    /// Whether a clause ends before the token at `at`, as far as signs and little words tell.
    pub fn parts(&self, view: View<'_>, at: usize) -> bool {
        self.sign(Sign::ClauseEnd, view, at)
    }

    fn sign(&self, sign: Sign, view: View<'_>, at: usize) -> bool {
        let divided = |at: usize| view.tokens.get(at).is_none_or(|token| token.before != Boundary::None);
        let joined = |at: usize| {
            let word = view.tokens.get(at).map(|token| token.word);
            word.zip(self.conjunctions).is_some_and(|(word, class)| self.holds(class, word))
        };
        match sign {
            Sign::Comma => true,
            Sign::SentenceStart => at == 0,
            Sign::SentenceEnd => at >= view.tokens.len(),
            Sign::ClauseStart => at == 0 || divided(at) || joined(at - 1),
            Sign::ClauseEnd => divided(at) || joined(at),
            Sign::Question => view.question,
            Sign::NoQuestion => !view.question,
        }
    }
}

/// What is still to be tried: step, token, and whether a comma may stand before it.
pub(super) type Stack = Vec<(u32, usize, bool)>;

/// The place `distance` tokens before `at`, if there is one.
fn before(at: usize, distance: i32) -> Option<usize> {
    let steps = usize::try_from(distance.unsigned_abs()).ok()?;
    if distance < 0 { Some(at + steps) } else { at.checked_sub(steps) }
}

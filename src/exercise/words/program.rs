//! Patterns as small programs, and what runs them over a sentence.

use std::collections::HashMap;

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
    known: HashMap<Vec<WordId>, ClassId>,
    /// Word → the patterns that cannot match without it (or another of the same class).
    by_word: HashMap<WordId, Vec<PatternId>>,
    /// Patterns that may match without any certain word.
    always: Vec<PatternId>,
    /// Words before which a clause may begin without a comma.
    conjunctions: Option<ClassId>,
}

/// The number of a pattern.
pub(super) type PatternId = u32;

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
        match rarest(node) {
            Some(words) => {
                for word in words {
                    self.by_word.entry(word).or_default().push(id);
                }
            }
            None => self.always.push(id),
        }
        id
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
            all.extend(first(node)?);
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

    /// Puts into `active` the patterns that may match in `view`, each once.
    pub fn active(&self, view: View<'_>, active: &mut Vec<PatternId>) {
        active.clear();
        active.extend_from_slice(&self.always);
        for token in view.tokens {
            if let Some(ids) = self.by_word.get(&token.word) {
                active.extend_from_slice(ids);
            }
        }
        active.sort_unstable();
        active.dedup();
    }

    /// Where `pattern` ends if it matches from the token `at` on.
    pub fn matches(&self, pattern: PatternId, view: View<'_>, at: usize, stack: &mut Stack) -> Option<usize> {
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

/// The words with which `node` can begin; `None` if that is not certain, or if it may take no word.
fn first(node: &Node) -> Option<Vec<WordId>> {
    match node {
        Node::Class(words) => Some(words.clone()),
        Node::Seq(nodes) => {
            let mut words = Vec::new();
            for node in nodes {
                match node {
                    Node::Sign(_) | Node::Not(_) | Node::Behind(_) | Node::NotBehind(_) => {}
                    Node::Repeat(inner, _) => words.extend(first(inner)?),
                    node => {
                        words.extend(first(node)?);
                        return Some(words);
                    }
                }
            }
            None
        }
        Node::Alt(options) => options.iter().try_fold(Vec::new(), |mut all, node| {
            all.extend(first(node)?);
            Some(all)
        }),
        Node::Repeat(..) | Node::Any | Node::Gap(..) | Node::Not(_) => None,
        Node::Behind(_) | Node::NotBehind(_) | Node::Sign(_) => None,
    }
}

/// Of all sets of words of which one must stand in a text for `node` to match, the one least likely to.
fn rarest(node: &Node) -> Option<Vec<WordId>> {
    match node {
        Node::Class(words) => Some(words.clone()),
        Node::Seq(nodes) => nodes.iter().filter_map(rarest).min_by_key(|words| weight(words)),
        Node::Alt(options) => {
            let mut all = options.iter().try_fold(Vec::new(), |mut all, node| {
                all.extend(rarest(node)?);
                Some(all)
            })?;
            all.sort_unstable();
            all.dedup();
            Some(all)
        }
        Node::Repeat(..) | Node::Any | Node::Gap(..) | Node::Not(_) => None,
        Node::Behind(words) => Some(words.clone()),
        Node::NotBehind(_) | Node::Sign(_) => None,
    }
}

/// Words that were known first are the commonest (the lexicons begin with the little words), so they weigh most.
fn weight(words: &[WordId]) -> usize {
    words.iter().map(|word| 20_000 / (word.index() + 20)).sum::<usize>() + words.len()
}

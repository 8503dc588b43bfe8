//! What is certain about a pattern before it is tried: which words it needs, how far from its beginning, with which it
//! can begin and how long it can get. Most attempts are saved by it.

use super::pattern::Node;
use super::vocabulary::WordId;

/// Words of which one must stand near the place where a pattern begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    /// The words.
    pub words: Vec<WordId>,
    /// How many tokens after the beginning such a word stands at least; -1 is the token before.
    pub least: i32,
    /// How many tokens after the beginning it stands at most.
    pub most: i32,
}

/// How many tokens `node` takes at least and at most.
pub(super) fn length(node: &Node) -> (i32, i32) {
    match node {
        Node::Class(_) | Node::Any => (1, 1),
        Node::Seq(nodes) => nodes.iter().map(length).fold((0, 0), |(least, most), (l, m)| (least + l, most + m)),
        Node::Alt(options) => {
            let lengths = || options.iter().map(length);
            (
                lengths().map(|(least, _)| least).min().unwrap_or(0),
                lengths().map(|(_, most)| most).max().unwrap_or(0),
            )
        }
        Node::Repeat(inner, times) => (0, length(inner).1 * i32::from(*times)),
        Node::Gap(most, _) => (0, i32::from(*most)),
        Node::Not(_) | Node::Behind(_) | Node::NotBehind(_) | Node::Sign(_) => (0, 0),
    }
}

/// The words with which `node` can begin; `None` if that is not certain, or if it may take no word.
pub(super) fn first(node: &Node) -> Option<Vec<WordId>> {
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

/// Of all anchors of `node` the one least likely to be found in a text.
pub(super) fn rarest(node: &Node) -> Option<Anchor> {
    match node {
        Node::Class(words) => Some(Anchor { words: words.clone(), least: 0, most: 0 }),
        Node::Seq(nodes) => {
            let mut begins = (0, 0);
            let anchors = nodes.iter().filter_map(|node| {
                let (least, most) = begins;
                let taken = length(node);
                begins = (least + taken.0, most + taken.1);
                let anchor = rarest(node)?;
                Some(Anchor { least: anchor.least + least, most: anchor.most + most, ..anchor })
            });
            anchors.min_by_key(|anchor| weight(&anchor.words))
        }
        Node::Alt(options) => {
            let mut anchors = options.iter().map(rarest);
            let mut all = anchors.next()??;
            for anchor in anchors {
                let anchor = anchor?;
                all.words.extend(anchor.words);
                all.least = all.least.min(anchor.least);
                all.most = all.most.max(anchor.most);
            }
            all.words.sort_unstable();
            all.words.dedup();
            Some(all)
        }
        Node::Behind(words) => Some(Anchor { words: words.clone(), least: -1, most: -1 }),
        Node::Repeat(..) | Node::Any | Node::Gap(..) | Node::Not(_) | Node::NotBehind(_) | Node::Sign(_) => None,
    }
}

/// Words that were known first are the commonest (the lexicons begin with the little words), so they weigh most.
fn weight(words: &[WordId]) -> usize {
    words.iter().map(|word| 20_000 / (word.index() + 20)).sum::<usize>() + words.len()
}

#[cfg(test)]
mod tests {
    use super::super::pattern::Reader;
    use super::*;

    fn read(reader: &mut Reader, pattern: &str) -> Node {
        reader.read(pattern).unwrap_or_else(|fault| panic!("{fault}"))
    }

    #[test]
    fn anchors_know_how_far_they_stand_from_the_beginning() {
        let mut reader = Reader::default();
        for common in ["you", "me", "not"] {
            reader.vocabulary.add(common);
        }
        let mut anchor = |pattern: &str, rare: &[&str]| {
            let node = read(&mut reader, pattern);
            let found = rarest(&node).map(|anchor| (anchor.words, anchor.least, anchor.most));
            let mut words: Vec<WordId> = rare.iter().map(|word| reader.vocabulary.add(word)).collect();
            words.sort_unstable();
            (found.clone(), found.filter(|(known, ..)| *known == words).map(|(_, least, most)| (least, most)))
        };
        assert_eq!(anchor("you ..3 not? (me | you me) seldom", &["seldom"]).1, Some((2, 7)));
        assert_eq!(anchor("<rarely !me you", &["rarely"]).1, Some((-1, -1)));
        assert_eq!(anchor("_ (a soon | later)", &["soon", "later"]).1, Some((1, 2)));
        assert_eq!(anchor("..3 _ you?", &[]).0, None);
    }

    #[test]
    fn lengths_and_beginnings() {
        let mut reader = Reader::default();
        let node = read(&mut reader, "not? (a | b c){2} ..4, d");
        assert_eq!(length(&node), (1, 10));
        let mut words: Vec<WordId> = ["not", "a", "b"].iter().map(|word| reader.vocabulary.add(word)).collect();
        assert_eq!(first(&node), None, "it may begin with any word");
        let node = read(&mut reader, "not? (a | b c)");
        words.sort_unstable();
        let found = first(&node).map(|mut found| {
            found.sort_unstable();
            found
        });
        assert_eq!(found, Some(words));
    }
}

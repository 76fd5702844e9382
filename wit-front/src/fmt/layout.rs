//! A page of a given width: text, places where a line may end, and groups of such places that end lines together.
//!
//! A group stays in one line if it fits there, with the text after it up to the next place where a line can end; otherwise
//! each of its own places ends the line (D. C. Oppen, *Prettyprinting*, 1980, with consistent breaks). The pieces of one
//! logical line are collected, measured in one pass, and printed: time is linear, and memory that of the longest item.

use alloc::string::String;
use alloc::vec::Vec;

const INDENT: &str = "  ";

/// A piece of a page.
#[derive(Clone, Copy, Debug)]
enum Piece<'a> {
    /// Text in one line.
    Text(&'a str),
    /// A comment as it is written; it may have several lines.
    Verbatim(&'a str),
    /// A comment up to the line's end, after a space. It has no width: no list is broken for a comment.
    LineEnd(&'a str),
    /// In a broken group the end of the line, in a flat one this text.
    Break(&'static str),
    /// The line ends here, and the group is broken; perhaps an empty line follows.
    Newline { blank: bool },
    /// Text for a broken group only.
    IfBroken(&'static str),
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// From here on, new lines are indented one step further.
    Indent,
    /// From here on, new lines are indented one step less.
    Dedent,
}

/// The measures of a group, taken before it is printed.
#[derive(Clone, Copy, Default, Debug)]
struct Group {
    /// Its width in one line.
    width: usize,
    /// The width of the text that follows it in the same line.
    tail: usize,
    /// Whether it cannot stay in one line.
    is_broken: bool,
}

/// A page that is being written.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    max_width: usize,
    newline: &'static str,
    out: String,
    /// The pieces not printed yet.
    pieces: Vec<Piece<'a>>,
    /// The number of open groups in `pieces`.
    open: usize,
    /// The indentation of new lines, in steps.
    indent: usize,
    /// The indentation of the current line, while it is empty.
    line_indent: Option<usize>,
    /// The width of the current line.
    column: usize,
    measure: Measure,
}

impl<'a> Layout<'a> {
    pub(super) fn new(max_width: usize, newline: &'static str, capacity: usize) -> Layout<'a> {
        Layout {
            max_width,
            newline,
            out: String::with_capacity(capacity),
            pieces: Vec::new(),
            open: 0,
            indent: 0,
            line_indent: Some(0),
            column: 0,
            measure: Measure::default(),
        }
    }

    pub(super) fn text(&mut self, text: &'a str) {
        self.pieces.push(Piece::Text(text));
    }

    pub(super) fn verbatim(&mut self, comment: &'a str) {
        self.pieces.push(Piece::Verbatim(comment));
    }

    pub(super) fn line_end(&mut self, comment: &'a str) {
        self.pieces.push(Piece::LineEnd(comment));
    }

    /// A place where the line ends if the group is broken; if it is flat, the text `flat` is printed.
    pub(super) fn may_break(&mut self, flat: &'static str) {
        self.pieces.push(Piece::Break(flat));
    }

    pub(super) fn if_broken(&mut self, text: &'static str) {
        self.pieces.push(Piece::IfBroken(text));
    }

    pub(super) fn open(&mut self) {
        self.open += 1;
        self.pieces.push(Piece::Open);
    }

    pub(super) fn close(&mut self) {
        self.open -= 1;
        self.pieces.push(Piece::Close);
    }

    pub(super) fn indent(&mut self) {
        self.pieces.push(Piece::Indent);
    }

    pub(super) fn dedent(&mut self) {
        self.pieces.push(Piece::Dedent);
    }

    pub(super) fn newline(&mut self, blank: bool) {
        self.pieces.push(Piece::Newline { blank });
        if self.open == 0 {
            self.flush();
        }
    }

    /// The whole page; its last line ends in a line break unless it is empty.
    pub(super) fn finish(mut self) -> String {
        self.flush();
        if self.line_indent.is_none() {
            self.out.push_str(self.newline);
        }
        self.out
    }

    /// Prints the collected pieces. No group is open.
    fn flush(&mut self) {
        let pieces = core::mem::take(&mut self.pieces);
        self.measure.groups(&pieces);
        let mut next_group = 0;
        let mut broken = Vec::new();
        for piece in &pieces {
            let is_broken = broken.last().copied().unwrap_or(true);
            match *piece {
                Piece::Text(text) => self.put(text),
                Piece::Verbatim(comment) => self.put_lines(comment),
                Piece::LineEnd(comment) => {
                    self.put(" ");
                    self.put(comment);
                }
                Piece::Break(_) if is_broken => self.end_line(false),
                Piece::Break(flat) => self.put(flat),
                Piece::Newline { blank } => self.end_line(blank),
                Piece::IfBroken(text) => {
                    if is_broken {
                        self.put(text);
                    }
                }
                Piece::Open => {
                    let group = self.measure.list[next_group];
                    next_group += 1;
                    let fits = self.column() + group.width + group.tail <= self.max_width;
                    broken.push(is_broken && (group.is_broken || !fits));
                }
                Piece::Close => {
                    broken.pop();
                }
                Piece::Indent => self.indent += 1,
                Piece::Dedent => self.indent -= 1,
            }
        }
        // The buffer is reused.
        self.pieces = pieces;
        self.pieces.clear();
    }

    /// The column where the next text begins.
    fn column(&self) -> usize {
        self.line_indent.map_or(self.column, |steps| steps * INDENT.len())
    }

    fn put(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(steps) = self.line_indent.take() {
            (0..steps).for_each(|_| self.out.push_str(INDENT));
            self.column = steps * INDENT.len();
        }
        self.out.push_str(text);
        self.column += width(text);
    }

    /// Adds text of several lines; only their ends change.
    fn put_lines(&mut self, text: &str) {
        let mut lines = text.split('\n');
        let Some(mut line) = lines.next() else { return };
        for next in lines {
            self.put(line.trim_end_matches('\r'));
            self.out.push_str(self.newline);
            self.column = 0;
            self.line_indent = None;
            line = next;
        }
        self.put(line);
    }

    fn end_line(&mut self, blank: bool) {
        self.out.push_str(self.newline);
        if blank {
            self.out.push_str(self.newline);
        }
        self.line_indent = Some(self.indent);
    }
}

/// The groups of a logical line and their measures; kept so that its memory is reused.
#[derive(Default, Debug)]
struct Measure {
    /// In the order in which the groups begin.
    list: Vec<Group>,
    /// The groups that are open at the current piece.
    stack: Vec<Opened>,
}

#[derive(Clone, Copy, Debug)]
struct Opened {
    /// The width of all that follows the group.
    after: usize,
    /// The text that follows it in its line.
    rest: Rest,
    /// Whether a line ends in it, whatever the width.
    is_broken: bool,
}

/// The text after a piece, up to the next place where the line can end.
#[derive(Clone, Copy, Default, Debug)]
struct Rest {
    /// The width of all from the place where the line can end.
    after: usize,
    /// The width of the text for broken groups only.
    if_broken: usize,
}

impl Measure {
    /// Measures every group. Widths are counted from the last piece to the first.
    fn groups(&mut self, pieces: &[Piece<'_>]) {
        let mut group = pieces.iter().filter(|piece| matches!(piece, Piece::Open)).count();
        self.list.clear();
        if group == 0 {
            return;
        }
        self.list.resize(group, Group::default());
        let mut total = 0;
        let mut rest = Rest::default();
        for piece in pieces.iter().rev() {
            match *piece {
                Piece::Text(text) => total += width(text),
                Piece::Verbatim(comment) => match (comment.split_once('\n'), comment.rsplit_once('\n')) {
                    (Some((first, _)), Some((_, last))) => {
                        total += width(last);
                        rest = self.line_ends(total);
                        total += width(first);
                    }
                    (None | Some(_), None | Some(_)) => total += width(comment),
                },
                Piece::Newline { .. } => rest = self.line_ends(total),
                Piece::Break(flat) => {
                    total += flat.len();
                    rest = Rest { after: total, if_broken: 0 };
                }
                Piece::IfBroken(text) => rest.if_broken += text.len(),
                Piece::Close => self.stack.push(Opened { after: total, rest, is_broken: false }),
                Piece::Open => {
                    let Some(opened) = self.stack.pop() else { unreachable!("every group is closed") };
                    group -= 1;
                    let tail = opened.after - opened.rest.after + opened.rest.if_broken;
                    self.list[group] = Group { width: total - opened.after, tail, is_broken: opened.is_broken };
                    if !opened.is_broken {
                        // In one line, it has no place where the line can end.
                        rest = opened.rest;
                    } else if let Some(outer) = self.stack.last_mut() {
                        outer.is_broken = true;
                    }
                }
                Piece::LineEnd(_) | Piece::Indent | Piece::Dedent => {}
            }
        }
    }

    /// A line ends here, and breaks every group around it.
    fn line_ends(&mut self, after: usize) -> Rest {
        if let Some(opened) = self.stack.last_mut() {
            opened.is_broken = true;
        }
        Rest { after, if_broken: 0 }
    }
}

fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

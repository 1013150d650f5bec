// Makes a document like another one, in place: only what differs is touched, so that the browser has little to lay out
// anew, and what is scrolled to, selected and focused stays so.

export const become = (old, next) => {
  if (old.isEqualNode(next)) return;
  if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName || old.id !== next.id)
    old.replaceWith(copied(old, next));
  else if (old.nodeType === Node.DOCUMENT_NODE) takeChildren(old, next);
  else if (old.nodeType === Node.ELEMENT_NODE) {
    takeAttributes(old, next);
    takeChildren(old, next);
  } else old.data = next.data;
};

const copied = (old, next) => (old.ownerDocument ?? old).importNode(next, true);

// Attributes are copied as they are: a parser takes names that `setAttribute` refuses.
const takeAttributes = (old, next) => {
  for (const attribute of [...old.attributes])
    if (!next.hasAttribute(attribute.name)) old.removeAttributeNode(attribute);
  for (const attribute of next.attributes)
    if (old.getAttribute(attribute.name) !== attribute.value) old.setAttributeNode(attribute.cloneNode());
};

// What is alike at both ends stays, so that a story that is put in or taken out moves no other.
const takeChildren = (old, next) => {
  const olds = [...old.childNodes];
  const nexts = [...next.childNodes];
  while (olds.length && nexts.length && olds[0].isEqualNode(nexts[0])) {
    olds.shift();
    nexts.shift();
  }
  let after = null;
  while (olds.length && nexts.length && olds.at(-1).isEqualNode(nexts.at(-1))) {
    after = olds.pop();
    nexts.pop();
  }
  if (olds.length === nexts.length) olds.forEach((child, place) => become(child, nexts[place]));
  else {
    for (const child of olds) child.remove();
    for (const child of nexts) old.insertBefore(copied(old, child), after);
  }
};

// Tells wagtail-localize's editor where its choosers are, in the global that it reads.

const { image, document: documents, page } = document.currentScript.dataset;
window.chooserUrls ??= { imageChooser: image, documentChooser: documents, pageChooser: page };

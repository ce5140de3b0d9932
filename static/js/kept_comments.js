/* Keep comments that are written while a background save is under way.

   Wagtail replaces all comments of the form by those of the answer to a background save.
   A comment or reply that was begun, added or changed after the request was sent would
   be lost. Then the answer only tells the ids of those that were sent. */

let fields = "";
let comments = [];

const app = () => window.comments?.commentApp;
const current = () => [...app().store.getState().comments.comments.values()];
const isBegun = ({ mode, newReply }) => mode !== "default" || Boolean(newReply?.trim());

/* What Wagtail has written into the form: no comment that is being begun. */
function posted(data) {
  return JSON.stringify(
    [...data.entries()].filter(([name]) => name.startsWith("comments-")),
  );
}

function isBeingWritten(form) {
  return (
    posted(new FormData(form)) !== fields ||
    current().some((one) => isBegun(one) || [...one.replies.values()].some(isBegun))
  );
}

/* Give *rows* of the answer to the replies of a comment that were sent, in their order. */
function takeReplies(comment, now, rows) {
  const { actions, store } = app();
  [...comment.replies.values()].forEach((sent, number) => {
    const reply = now.replies.get(sent.localId);
    const remoteId = rows[number]?.pk;
    if (!remoteId || sent.remoteId) {
      return;
    }
    if (reply) {
      store.dispatch(actions.updateReply(now.localId, reply.localId, { remoteId }));
    } else {
      // It was deleted after it had been sent.
      const deleted = { ...sent, remoteId, deleted: true };
      store.dispatch(actions.addReply(now.localId, deleted));
    }
  });
}

function takeIds(rows) {
  const { actions, store } = app();
  comments.forEach((sent, number) => {
    const row = rows[number];
    if (!row?.pk) {
      return;
    }
    const now = store.getState().comments.comments.get(sent.localId);
    if (!now && !sent.remoteId) {
      const deleted = { ...sent, remoteId: row.pk, deleted: true };
      store.dispatch(actions.addComment(deleted));
    } else if (now) {
      if (!now.remoteId) {
        store.dispatch(actions.updateComment(now.localId, { remoteId: row.pk }));
      }
      takeReplies(sent, now, row.replies ?? []);
    }
  });
}

document.addEventListener("w-autosave:save", ({ detail }) => {
  if (app()) {
    fields = posted(detail.formData);
    comments = current().filter(({ mode }) => mode !== "creating");
  }
});

// Before Wagtail's own listener, which takes the comments out of the answer.
document.addEventListener(
  "w-autosave:success",
  ({ target, detail }) => {
    const answer = detail?.data;
    if (app() && answer?.comments && isBeingWritten(target)) {
      takeIds(answer.comments.comments);
      delete answer.comments;
    }
  },
  true,
);

;;; Edits the policy that is named on the command line with Eglot, and prints what is to be seen as JSON.  -*- lexical-binding: t -*-

(require 'eglot)
(require 'flymake)
(require 'json)

(defun meshlog-until (wish ask)
  "Call ASK until it answers something, which is returned; WISH says what for."
  (let ((end (+ (float-time) 30))
        answer)
    (while (not (setq answer (funcall ask)))
      (when (> (float-time) end) (error "Waited in vain until %s" wish))
      (accept-process-output nil 0.01))
    answer))

(defun meshlog-diagnostics ()
  "What Flymake shows in the buffer: each text with the characters that it underlines."
  (mapcar (lambda (one)
            `((text . ,(flymake-diagnostic-text one))
              (under . ,(buffer-substring-no-properties (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))))
          (flymake-diagnostics)))

(defun meshlog-offers ()
  "The completions at point."
  (pcase-let ((`(,start ,end ,table . ,_) (eglot-completion-at-point)))
    (mapcar #'substring-no-properties
            (all-completions (buffer-substring-no-properties start end) table))))

(defun meshlog-last-line ()
  (save-excursion
    (goto-char (1- (point-max)))
    (buffer-substring-no-properties (line-beginning-position) (line-end-position))))

(find-file (car command-line-args-left))
(setq command-line-args-left nil)
(call-interactively #'eglot)

(let* ((before (meshlog-until "there are diagnostics" #'meshlog-diagnostics))
       (offers (progn (goto-char (1- (point-max)))
                      (backward-char)
                      (insert "%KU")
                      (meshlog-offers)))
       (completed (progn (insert "MA_ME")
                         (completion-at-point)
                         (meshlog-last-line)))
       (mended (progn (search-backward "PROTCOL")
                      (eglot-code-actions (point) (point) "quickfix" t)
                      (meshlog-last-line))))
  ;; Eglot tells the server of a change when Emacs is idle, which a batch run never is, or saves.
  (let ((inhibit-message t)) (save-buffer))
  (meshlog-until "the diagnostics are gone" (lambda () (null (flymake-diagnostics))))
  (princ (json-encode `((mode . ,major-mode)
                        (diagnostics . ,(vconcat before))
                        (offers . ,(vconcat offers))
                        (completed . ,completed)
                        (mended . ,mended)))))
(eglot-shutdown (eglot-current-server))

;; Runs snippets in one virtual machine: clojure driver.clj LIST.
;;
;; LIST has a line for each snippet: folder, file, origin and the number of files that it reads, with
;; tabs between. Beside each snippet the files exit, stdout and stderr are left.

(require '[clojure.java.io :as io]
         '[clojure.java.shell :as shell]
         '[clojure.stacktrace :as stacktrace]
         '[clojure.string :as string]
         'clj-http.client)

(def snippet-limit-millis 15000)

(defn finish [folder status out err]
  (spit (io/file folder "stdout") out)
  (spit (io/file folder "stderr") err)
  (spit (io/file folder "exit") status))

(defn run-here [folder file]
  (let [out (java.io.StringWriter.)
        err (java.io.StringWriter.)
        status (future
                 (binding [*out* out
                           *err* err
                           *ns* (create-ns (gensym "snippet"))]
                   (clojure.core/refer-clojure)
                   (try
                     (load-file (str (io/file folder file)))
                     0
                     (catch Throwable error
                       (stacktrace/print-cause-trace error)
                       1))))]
    (finish folder (deref status snippet-limit-millis 1) (str out) (str err))))

(defn run-apart [folder file]
  (let [path (System/getProperty "java.class.path")
        ended (shell/sh "java" "-XX:TieredStopAtLevel=1" "-cp" path "clojure.main" file :dir folder)]
    (finish folder (:exit ended) (:out ended) (:err ended))))

(doseq [line (string/split-lines (slurp (first *command-line-args*)))]
  (let [[folder file _ files] (string/split line #"\t")]
    ;; A file next to the snippet is found from its folder.
    (if (= files "0")
      (run-here folder file)
      (run-apart folder file))))

(shutdown-agents)

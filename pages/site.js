// Tabs, the search over languages, the remembered choice, and copy buttons. Without it the page shows all.
(() => {
  "use strict";
  const KEY = "requote.target";

  const remember = (target) => {
    try {
      localStorage.setItem(KEY, target);
    } catch {
      // A browser may refuse to store anything.
    }
  };
  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };

  // The search shows the items whose names hold every word; `after` is told when it is done.
  const addSearch = (root, items, after) => {
    const label = root.querySelector("[data-find]");
    const input = label.querySelector("input");
    const count = root.querySelector(".count");
    label.hidden = false;
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const item of items) {
        const names = `${item.textContent} ${item.dataset.names}`.toLowerCase();
        const fits = words.every((word) => names.includes(word));
        item.parentElement.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      count.hidden = words.length === 0;
      count.textContent = `${shown} of ${items.length} languages`;
      after();
    });
  };

  const makeTabs = (root) => {
    const list = root.querySelector(".tablist");
    const tabs = [...list.querySelectorAll("a")];
    const panels = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
    const isShown = (tab) => !tab.parentElement.hidden;

    const choose = (chosen) => {
      tabs.forEach((tab, at) => {
        const isChosen = tab === chosen;
        tab.setAttribute("aria-selected", String(isChosen));
        tab.tabIndex = isChosen ? 0 : -1;
        panels[at].hidden = !isChosen;
      });
      // The list scrolls by itself; the page stays where it is.
      const top = chosen.offsetTop - list.offsetTop;
      if (top < list.scrollTop || top + chosen.offsetHeight > list.scrollTop + list.clientHeight) {
        list.scrollTop = top - list.clientHeight / 2;
      }
    };

    list.setAttribute("role", "tablist");
    list.setAttribute("aria-orientation", "vertical");
    tabs.forEach((tab, at) => {
      tab.parentElement.setAttribute("role", "presentation");
      tab.setAttribute("role", "tab");
      tab.id = `tab-${panels[at].id}`;
      tab.setAttribute("aria-controls", panels[at].id);
      panels[at].setAttribute("role", "tabpanel");
      panels[at].setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", (event) => {
        event.preventDefault();
        choose(tab);
        remember(tab.dataset.target);
      });
    });
    list.addEventListener("keydown", (event) => {
      const shown = tabs.filter(isShown);
      const at = shown.indexOf(document.activeElement);
      const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1 };
      if (event.key === " ") {
        event.preventDefault();
        document.activeElement.click();
      }
      if (!(event.key in steps) || shown.length === 0) return;
      event.preventDefault();
      const next = shown.at(steps[event.key] % shown.length);
      choose(next);
      remember(next.dataset.target);
      next.focus({ preventScroll: true });
    });
    addSearch(root, tabs, () => {
      // The keyboard must reach one of the tabs that are left.
      const shown = tabs.filter(isShown);
      const chosen = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
      if (shown.length > 0 && !shown.includes(chosen)) {
        tabs.forEach((tab) => { tab.tabIndex = tab === shown[0] ? 0 : -1; });
      } else {
        tabs.forEach((tab) => { tab.tabIndex = tab === chosen ? 0 : -1; });
      }
    });

    const named = tabs.find((tab) => location.hash !== "" && tab.hash === location.hash);
    const kept = tabs.find((tab) => tab.dataset.target === remembered());
    choose(named ?? kept ?? tabs.find((tab) => tab.hasAttribute("data-first")) ?? tabs[0]);
    addEventListener("hashchange", () => {
      const tab = tabs.find((it) => it.hash === location.hash);
      if (tab) choose(tab);
    });
  };

  const makeLinks = (root) => {
    const links = [...root.querySelectorAll("a[data-target]")];
    for (const link of links) {
      link.addEventListener("click", () => remember(link.dataset.target));
    }
    addSearch(root, links, () => {});
  };

  const makeCopy = (button) => {
    const code = button.parentElement.querySelector("code");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        // Without a clipboard the code is selected, to be copied by hand.
        getSelection().selectAllChildren(code);
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
  };

  document.querySelectorAll("[data-tabs]").forEach(makeTabs);
  document.querySelectorAll("[data-links]").forEach(makeLinks);
  document.querySelectorAll("[data-copy]").forEach(makeCopy);
})();

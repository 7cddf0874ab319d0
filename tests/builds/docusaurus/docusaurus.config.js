module.exports = {
  title: "Requests",
  url: "https://example.org",
  baseUrl: "/",
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: false, pages: false }]],
};

export default { title: "Requests", ignoreDeadLinks: true };

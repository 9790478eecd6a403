// The link is spent by sending a form, which programs that only look links up never do.
document.getElementById("enter").requestSubmit();

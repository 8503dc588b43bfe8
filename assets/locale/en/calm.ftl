# calm

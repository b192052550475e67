// A browser has what the module in whose place this one stands would bring.
export {};

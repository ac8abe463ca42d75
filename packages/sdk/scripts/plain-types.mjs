import ts from 'typescript-6';

/**
 * Writes types of the platform as plain object types, so that who installs the package needs neither zod nor tRPC nor
 * Kysely to read them. Wire types are plain JSON; anything else (a Date, a function, a class) stops the build here.
 */
export function createPlainTypes(entry) {
  const program = ts.createProgram([entry], {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['yunfab-source'],
    strict: true,
    types: ['node'],
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  if (!source) throw new Error(`${entry} is not there`);
  const moduleSymbol = checker.getSymbolAtLocation(source);
  const exported = new Map(checker.getExportsOfModule(moduleSymbol).map((symbol) => [symbol.name, symbol]));
  /** Written-out object type → the name that stands for it. */
  const names = new Map();
  let usesJson = false;

  return {
    /** The declared type of an exported alias, written out; a shape that was named before stands by its name. */
    alias,
    /** Writes exported object types as interfaces by name, and lets their names stand for them from now on. */
    interfaces(exports) {
      const bySize = exports.map((name) => ({ name, size: alias(name).length })).sort((a, b) => a.size - b.size);
      return bySize.map(({ name }) => {
        const text = alias(name);
        if (!names.has(text)) names.set(text, name);
        return { name, text: names.get(text) === name ? `export interface ${name} ${text}` : `export type ${name} = ${text};` };
      });
    },
    /** The type of a property of an exported value, written out. */
    propertyOfValue: (name, property) => {
      const value = checker.getTypeOfSymbol(symbolOf(name));
      return print(withoutUndefined(checker.getTypeOfSymbol(value.getProperty(property))), `${name}.${property}`);
    },
    /** Declarations that the written types refer to. */
    preamble: () => (usesJson ? 'export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };\n' : ''),
  };

  function alias(name) {
    return print(checker.getDeclaredTypeOfSymbol(symbolOf(name)), name);
  }

  function symbolOf(name) {
    const symbol = exported.get(name);
    if (!symbol) throw new Error(`${entry} does not export ${name}`);
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  function print(type, at, indent = '') {
    if (type.aliasSymbol?.name === 'JSONType') {
      usesJson = true;
      return 'Json';
    }
    const procedure = procedureTypes(type);
    if (procedure) return `Procedure<${print(procedure.input, `${at} input`, indent)}, ${print(procedure.output, `${at} output`, indent)}>`;
    if (
      type.flags &
      (ts.TypeFlags.StringLike |
        ts.TypeFlags.NumberLike |
        ts.TypeFlags.BooleanLike |
        ts.TypeFlags.Null |
        ts.TypeFlags.Undefined |
        ts.TypeFlags.Unknown |
        ts.TypeFlags.Never)
    )
      return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias);
    if (type.isUnion()) return printUnion(type, at, indent);
    if (type.isIntersection()) {
      const primitive = type.types.find((part) => part.flags & (ts.TypeFlags.String | ts.TypeFlags.Number));
      return primitive ? checker.typeToString(primitive) : printObject(type, at, indent);
    }
    if (checker.isArrayType(type)) return `${inParentheses(print(checker.getTypeArguments(type)[0], `${at}[]`, indent))}[]`;
    if (checker.isTupleType(type))
      return `[${checker
        .getTypeArguments(type)
        .map((part, index) => print(part, `${at}[${index}]`, indent))
        .join(', ')}]`;
    if (type.flags & ts.TypeFlags.Object) return printObject(type, at, indent);
    throw new Error(`${at}: ${checker.typeToString(type)} is not a plain type`);
  }

  function printUnion(type, at, indent) {
    const parts = type.types.filter((part) => !(part.flags & ts.TypeFlags.BooleanLiteral)).map((part) => print(part, at, indent));
    const booleans = type.types.filter((part) => part.flags & ts.TypeFlags.BooleanLiteral);
    if (booleans.length === 2) parts.unshift('boolean');
    else for (const literal of booleans) parts.unshift(checker.typeToString(literal));
    return parts.sort((a, b) => rank(a) - rank(b)).join(' | ');
  }

  function printObject(type, at, indent) {
    if (type.getCallSignatures().length + type.getConstructSignatures().length > 0 || type.isClass() || type.symbol?.name === 'Date')
      throw new Error(`${at}: ${checker.typeToString(type)} is not plain JSON`);
    const inner = `${indent}  `;
    const members = [
      ...checker.getIndexInfosOfType(type).map((info) => `[key: string]: ${print(info.type, `${at}.*`, inner)};`),
      ...checker.getPropertiesOfType(type).map((property) => printProperty(property, at, inner)),
    ];
    if (members.length === 0) return '{}';
    const text = `{\n${members.map((member) => inner + member).join('\n')}\n${indent}}`;
    return names.get(text.replaceAll(`\n${indent}`, '\n')) ?? text;
  }

  function printProperty(property, at, indent) {
    const type = checker.getTypeOfSymbol(property);
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const name = /^[A-Za-z_$][\w$]*$/.test(property.name) ? property.name : JSON.stringify(property.name);
    const text = print(optional ? withoutUndefined(type) : type, `${at}.${property.name}`, indent);
    return `${docsOf(property, indent)}${name}${optional ? '?' : ''}: ${text}${optional ? ' | undefined' : ''};`;
  }

  function docsOf(symbol, indent) {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
    return text === '' ? '' : `/** ${text.replaceAll('*/', '*\\/').replaceAll('\n', `\n${indent} * `)} */\n${indent}`;
  }

  /** The input and output of a tRPC procedure, or of the client's function for it. */
  function procedureTypes(type) {
    if (type.aliasSymbol?.name === 'Procedure' && type.aliasTypeArguments?.length === 2) {
      const [input, output] = type.aliasTypeArguments;
      return { input, output };
    }
    const definition = member(type, '_def');
    const types = definition && member(definition, '$types');
    return types ? { input: member(types, 'input'), output: member(types, 'output') } : null;
  }

  function member(type, name) {
    const symbol = type.flags & ts.TypeFlags.Object ? checker.getPropertyOfType(type, name) : undefined;
    return symbol && checker.getTypeOfSymbol(symbol);
  }

  function withoutUndefined(type) {
    return checker.getNonNullableType(type) !== type && type.isUnion() && type.types.some((part) => part.flags & ts.TypeFlags.Null)
      ? withoutOnlyUndefined(type)
      : checker.getNonNullableType(type);
  }

  /** `getNonNullableType` takes null away as well, which is a value on the wire. */
  function withoutOnlyUndefined(type) {
    const kept = type.types.filter((part) => !(part.flags & ts.TypeFlags.Undefined));
    return Object.assign(Object.create(type), { types: kept, aliasSymbol: undefined });
  }
}

/** Objects first, null and undefined last, as a person would write it; otherwise the order stays. */
function rank(text) {
  return text === 'undefined' ? 2 : text === 'null' ? 1 : 0;
}

function inParentheses(text) {
  return / \| /.test(text.replace(/\{[\s\S]*\}/g, '')) ? `(${text})` : text;
}

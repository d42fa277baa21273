export const PeopleScreen = () => null;
export const PersonScreen = (_: { readonly employeeNumber: string }) => null;
export const CatalogueScreen = () => null;
